// Recorded data in CSV (RFC 4180), read with libcsv; problems are located in the file.
#pragma once

#include <string>
#include <vector>

#include "core/problems.hpp"

namespace mailflow {

struct CsvFile {
  std::shared_ptr<const SourceFile> file;
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;
  std::vector<int> lines;  ///< line of each row, from 1

  /// Where a value of a row begins; the row itself for a column that it lacks.
  Place place(std::size_t row, std::size_t column) const;
  int column_of(const std::string& name) const;  ///< -1: none
};

/// Reads the text of a file; what is wrong with it as a CSV goes to `problems`.
CsvFile read_csv(const std::string& path, const std::string& text, Problems& problems);

}  // namespace mailflow
