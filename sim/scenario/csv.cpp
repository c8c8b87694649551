#include "scenario/csv.hpp"

#include <csv.h>

#include <fstream>
#include <sstream>

namespace mailflow {

namespace {

struct Reading {
  CsvFile& csv;
  std::vector<std::string> row;
  int line = 1;
};

void on_field(void* text, std::size_t size, void* data) {
  static_cast<Reading*>(data)->row.emplace_back(static_cast<const char*>(text), size);
}

void on_row(int, void* data) {
  auto& reading = *static_cast<Reading*>(data);
  if (reading.csv.header.empty()) {
    reading.csv.header.swap(reading.row);
  } else {
    reading.csv.rows.push_back(reading.row);
    reading.csv.lines.push_back(reading.line);
  }
  reading.row.clear();
}

}  // namespace

Place CsvFile::place(std::size_t row, std::size_t column) const {
  int at = 1;
  const auto line = static_cast<std::size_t>(lines[row]);
  if (line <= file->lines.size()) {
    const std::string& text = file->lines[line - 1];
    std::size_t from = 0;
    for (std::size_t c = 0; c < column && from != std::string::npos; ++c) {
      from = text.find(',', from);
      if (from != std::string::npos) ++from;
    }
    if (from != std::string::npos) at = static_cast<int>(from) + 1;
  }
  return {file, lines[row], at};
}

CsvFile read_csv(const std::string& path, Problems& problems) {
  CsvFile csv;
  auto file = std::make_shared<SourceFile>();
  file->path = path;
  csv.file = file;
  std::ifstream in(path, std::ios::binary);
  csv_parser parser{};
  csv_init(&parser, CSV_APPEND_NULL);
  Reading reading{csv, {}, 0};
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    ++reading.line;
    if (reading.line == 1 && line.starts_with("\xef\xbb\xbf")) line.erase(0, 3);
    file->lines.push_back(line);
    line += '\n';
    if (csv_parse(&parser, line.data(), line.size(), on_field, on_row, &reading) != line.size()) {
      problems.error({file, reading.line, 1}, "this line is not CSV",
                     "separate values by commas and put quotes around those that hold one");
      break;
    }
  }
  csv_fini(&parser, on_field, on_row, &reading);
  csv_free(&parser);
  if (csv.header.empty()) problems.error({file, 0, 0}, "the file is empty", "its first line must name the columns");
  return csv;
}

}  // namespace mailflow
