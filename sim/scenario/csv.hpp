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
  std::vector<int> lines;  ///< line of each row

  Place place(std::size_t row, std::size_t column) const;
};

/// Reads a whole file; what is wrong with it as a CSV goes to `problems`.
CsvFile read_csv(const std::string& path, Problems& problems);

}  // namespace mailflow
