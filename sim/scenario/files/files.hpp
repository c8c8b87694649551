// Where files named in a scenario are found: beside the file that names them, or, as `data:x/y.csv`, in the data
// folder.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenario/files/csv.hpp"
#include "scenario/yaml/document.hpp"

namespace mailflow {

/// The whole of a file; tells at `place` when it is missing, a folder, not readable, of the
/// system (/proc, /sys, /dev) or larger than 2 GB.
std::optional<std::string> read_file(const std::string& path, const Place& place, Problems& problems);

/// The path of a file that a value names; empty when it cannot be, and `problems` says why.
std::optional<std::string> resolve(const Node& named, const std::string& data_dir, Problems& problems);

/// One number a line, blank lines and those that begin with # aside; told at `named` when there is no such file, and in
/// the file what is no number (at most 20 times).
std::optional<std::vector<double>> read_numbers(const std::string& path, const Place& named, Problems& problems);

/// A table that a value names, every row with a value for every column; what is wrong is told in the file.
std::optional<CsvFile> read_table(const Node& named, const std::string& data_dir, Problems& problems);
/// A cell as the value that it stands for, and "a; b" as a list of such.
Node scalar_node(const std::string& text, const Place& place);
Node list_node(const std::string& text, const Place& place);

}  // namespace mailflow
