// Tables in CSV (RFC 4180), read with libcsv; problems are located in the file.
//
// The one reader of all tables, and it takes what spreadsheets write: columns parted by commas, semicolons or tabs (by
// what the first line has most of, or a first line sep=;), UTF-8 with or without a mark before it or Windows-1252,
// accents coded in either way (NFC), dates as yyyy-mm-dd or dd/mm/yyyy (the day first; what is no day of the calendar
// so stays as it is written), and where columns are not parted by commas, decimal commas (but not 1,400, which may be
// thousands). Columns at the end and rows that hold
// nothing are none.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/problems.hpp"

namespace mailflow {

/// The cells of a table, end to end: a row is made of them when it is asked for.
class CsvRows {
 public:
  std::size_t size() const { return rows_.size(); }
  /// A copy: no reference to one of its cells outlives it.
  std::vector<std::string> operator[](std::size_t row) const;
  void push_back(const std::vector<std::string>& row);

 private:
  struct Row {
    std::size_t from = 0;   ///< in cells_
    std::size_t first = 0;  ///< in ends_
  };
  std::string cells_;
  std::vector<std::uint32_t> ends_;  ///< of each cell, since its row's beginning
  std::vector<Row> rows_;
};

struct CsvFile {
  std::shared_ptr<const SourceFile> file;
  std::vector<std::string> header;
  CsvRows rows;
  std::vector<int> lines;  ///< line of each row, from 1
  char separator = ',';

  /// Where a value of a row begins; the row itself for a column that it lacks.
  Place place(std::size_t row, std::size_t column) const;
  int column_of(const std::string& name) const;  ///< -1: none
  std::string parted() const;                    ///< what parts the columns, for messages: "semicolons"
  std::string columns() const;                   ///< for messages: "it has, parted by semicolons: day, value"
};

/// A number of a cell without the blanks, of any width, between its thousands: "1 400" and "1 400 items" as "1400" and
/// "1400 items". What is no such number stays.
std::string without_thousands(std::string cell);

/// Reads the text of a file; what is wrong with it as a CSV goes to `problems`.
CsvFile read_csv(const std::string& path, std::string text, Problems& problems);

}  // namespace mailflow
