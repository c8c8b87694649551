#include "scenario/csv.hpp"

#include <csv.h>

#include <algorithm>
#include <set>

#include "scenario/document.hpp"

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
    reading.csv.rows.push_back(std::move(reading.row));
    reading.csv.lines.push_back(reading.line);
  }
  reading.row = {};
}

void check_header(const CsvFile& csv, Problems& problems) {
  std::set<std::string> met;
  for (const auto& name : csv.header) {
    if (!met.insert(name).second) problems.error({csv.file, 1, 1}, "two columns are called \"" + name + "\"");
  }
  if (csv.header.empty()) problems.error({csv.file, 0, 0}, "the file is empty", "its first line must name the columns");
}

}  // namespace

Place CsvFile::place(std::size_t row, std::size_t column) const {
  const auto line = static_cast<std::size_t>(lines[row]) - 1;
  if (line >= file->lines.size()) return {file, lines[row], 0};
  const std::string& text = file->lines[line];
  std::size_t byte = 0;
  bool quoted = false;
  for (std::size_t i = 0, c = 0; i < text.size() && c < column; ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (text[i] != ',' || quoted) continue;
    ++c;
    byte = i + 1;
  }
  return place_at(file, line, byte);
}

int CsvFile::column_of(const std::string& name) const {
  const auto found = std::find(header.begin(), header.end(), name);
  return found == header.end() ? -1 : static_cast<int>(found - header.begin());
}

CsvFile read_csv(const std::string& path, const std::string& text, Problems& problems) {
  CsvFile csv;
  csv.file = source_file(path, text);
  if (!is_text(csv.file, problems)) return csv;
  csv_parser parser{};
  csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL);
  Reading reading{csv, {}, 0};
  bool good = true;
  for (std::string line : csv.file->lines) {
    ++reading.line;
    line += '\n';
    good = csv_parse(&parser, line.data(), line.size(), on_field, on_row, &reading) == line.size();
    if (good) continue;
    problems.error({csv.file, reading.line, 0}, "the quotes of this line do not match",
                   "put a value that holds a comma or a quote in quotes, and write a quote inside it twice");
    break;
  }
  if (good && csv_fini(&parser, on_field, on_row, &reading) != 0) {
    problems.error({csv.file, reading.line, 0}, "the file ends inside a quoted value", "close the quote");
  }
  csv_free(&parser);
  if (good) check_header(csv, problems);
  return csv;
}

}  // namespace mailflow
