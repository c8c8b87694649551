#include "scenario/files/csv.hpp"

#include <csv.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <stdexcept>
#include <string_view>

#include "core/clean_text.hpp"
#include "core/words.hpp"
#include "mail/calendar.hpp"
#include "scenario/values/quantities.hpp"
#include "scenario/yaml/document.hpp"
#include "scenario/yaml/plain_text.hpp"

namespace mailflow {
namespace {

struct CsvParsing {
  CsvFile& csv;
  std::vector<std::string> row;
  int line = 1;
};

bool digit(const std::string& text, std::size_t i) { return i < text.size() && text[i] >= '0' && text[i] <= '9'; }
std::size_t digits(const std::string& text, std::size_t from) {
  std::size_t i = from;
  while (digit(text, i)) ++i;
  return i - from;
}

bool is_date(const std::string& text) {
  try {
    parse_date(text);
    return true;
  } catch (const std::invalid_argument&) {
    return false;
  }
}

/// 03/11/2025 or 3/11/2025, the day first, as 2025-11-03 at a place of the text; an hour of one digit behind it gets
/// two.
void turn_date_at(std::string& text, std::size_t at) {
  const std::size_t day_size = digits(text, at);
  const std::size_t month_at = at + day_size + 1;
  if (day_size > 2 || text.size() < month_at || text[month_at - 1] != '/') return;
  const std::size_t month_size = digits(text, month_at);
  const std::size_t year_at = month_at + month_size + 1;
  if (month_size < 1 || month_size > 2 || text.size() < year_at || text[year_at - 1] != '/') return;
  if (digits(text, year_at) != 4) return;
  const auto two = [](const std::string& part) { return part.size() < 2 ? "0" + part : part; };
  const std::string date =
      text.substr(year_at, 4) + "-" + two(text.substr(month_at, month_size)) + "-" + two(text.substr(at, day_size));
  if (!is_date(date)) return;
  text.replace(at, year_at + 4 - at, date);
  const std::size_t time_at = at + date.size() + 1;
  if (digits(text, time_at) == 1 && text.size() > time_at + 1 && text[time_at + 1] == ':') text.insert(time_at, "0");
}

void turn_dates(std::string& text) {
  if (text.find('/') == std::string::npos) return;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (digit(text, i) && (i == 0 || text[i - 1] == ' ' || text[i - 1] == ';')) turn_date_at(text, i);
}

/// 12,5 as 12.5, where it can be a number (with a unit behind or without). What may be thousands, 1,400, stays and is
/// refused where it is read.
void turn_decimal(std::string& text) {
  const std::size_t before = digits(text, 0);
  if (before == 0 || before >= text.size() || text[before] != ',') return;
  const std::size_t end = before + 1 + digits(text, before + 1);
  const bool thousands = end == before + 4 && before <= 3 && text[0] != '0';
  if (end == before + 1 || thousands) return;
  const bool number = end == text.size() || text[end] == ' ' || text[end] == '%' ||
                      std::isalpha(static_cast<unsigned char>(text[end])) != 0;
  if (number) text[before] = '.';
}

void on_field(void* text, std::size_t size, void* data) {
  auto& parsing = *static_cast<CsvParsing*>(data);
  std::string& cell = parsing.row.emplace_back(static_cast<const char*>(text), size);
  if (!digit(cell, 0)) return;
  turn_dates(cell);
  if (parsing.csv.separator != ',') turn_decimal(cell);
}

bool is_blank(const std::string& cell) { return trimmed(cell).empty(); }

/// A spreadsheet writes as many columns as it ever had: those without a name that hold nothing are none.
void on_row(int, void* data) {
  auto& parsing = *static_cast<CsvParsing*>(data);
  std::vector<std::string>& row = parsing.row;
  auto& header = parsing.csv.header;
  if (std::all_of(row.begin(), row.end(), is_blank)) {
    row.clear();
    return;
  }
  if (header.empty()) {
    while (!row.empty() && is_blank(row.back())) row.pop_back();
    for (const std::string& name : row) header.emplace_back(trimmed(name));
    row.clear();
    return;
  }
  while (row.size() > header.size() && is_blank(row.back())) row.pop_back();
  parsing.csv.rows.push_back(row);
  parsing.csv.lines.push_back(parsing.line);
  row.clear();
}

void check_header(const CsvFile& csv, Problems& problems) {
  std::set<std::string> met;
  for (const auto& name : csv.header) {
    if (!met.insert(name).second) problems.error({csv.file, 1, 1}, tr("two columns are called \"{}\"", name));
  }
  if (csv.header.empty())
    problems.error({csv.file, 0, 0}, tr("the file is empty"), tr("its first line must name the columns"));
}

/// What parts the columns: of comma, semicolon and tab the one that the first line has most of.
char separator_of(std::string_view line) {
  std::array<std::size_t, 3> times{};
  const std::string marks = ",;\t";
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') quoted = !quoted;
    if (const auto mark = marks.find(c); !quoted && mark != std::string::npos) ++times.at(mark);
  }
  return marks[static_cast<std::size_t>(std::max_element(times.begin(), times.end()) - times.begin())];
}

/// What is no CSV at all, by its first bytes; empty: it may be one.
std::string other_format(const std::string& text) {
  if (text.starts_with("PK\x03\x04")) return tr("this is a workbook (XLSX or ODS), not a CSV file");
  if (text.starts_with("\xd0\xcf\x11\xe0")) return tr("this is a workbook (XLS), not a CSV file");
  if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff")) return tr("this file is in UTF-16");
  return {};
}

}  // namespace

std::vector<std::string> CsvRows::operator[](std::size_t row) const {
  const auto [from, first] = rows_[row];
  const std::size_t last = row + 1 < rows_.size() ? rows_[row + 1].first : ends_.size();
  std::vector<std::string> cells;
  std::size_t at = 0;
  for (std::size_t c = first; c < last; ++c) {
    cells.push_back(cells_.substr(from + at, ends_[c] - at));
    at = ends_[c];
  }
  return cells;
}

void CsvRows::push_back(const std::vector<std::string>& row) {
  rows_.push_back({cells_.size(), ends_.size()});
  std::size_t end = 0;
  for (const std::string& cell : row) {
    cells_ += cell;
    end += cell.size();
    ends_.push_back(static_cast<std::uint32_t>(end));
  }
}

std::string CsvFile::parted() const {
  return separator == ';' ? tr("semicolons") : separator == '\t' ? tr("tabs") : tr("commas");
}

std::string CsvFile::columns() const {
  std::string all;
  for (const std::string& name : header) all += (all.empty() ? "" : ", ") + name;
  return tr("it has, parted by {}: {}", parted(), all);
}

std::string without_thousands(std::string cell) {
  const std::string_view blanks[] = {" ", "\xc2\xa0", "\xe2\x80\xaf", "\xe2\x80\x89"};
  const std::size_t first = digits(cell, 0);
  if (first < 1 || first > 3) return cell;
  std::string plain = cell.substr(0, first);
  std::size_t end = first;
  for (bool more = true; more;) {
    more = false;
    for (const std::string_view blank : blanks) {
      if (!std::string_view(cell).substr(end).starts_with(blank) || digits(cell, end + blank.size()) != 3) continue;
      plain += cell.substr(end + blank.size(), 3);
      end += blank.size() + 3;
      more = true;
    }
  }
  return plain + cell.substr(end);
}

Place CsvFile::place(std::size_t row, std::size_t column) const {
  const auto line = static_cast<std::size_t>(lines[row]) - 1;
  if (line >= file->lines.size()) return {file, lines[row], 0};
  const std::string_view text = file->lines[line];
  std::size_t byte = 0;
  bool quoted = false;
  for (std::size_t i = 0, c = 0; i < text.size() && c < column; ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (text[i] != separator || quoted) continue;
    ++c;
    byte = i + 1;
  }
  return place_at(file, line, byte);
}

int CsvFile::column_of(const std::string& name) const {
  const auto found = std::find(header.begin(), header.end(), name);
  return found == header.end() ? -1 : static_cast<int>(found - header.begin());
}

CsvFile read_csv(const std::string& path, std::string text, Problems& problems) {
  CsvFile csv;
  if (const std::string other = other_format(text); !other.empty()) {
    auto named = std::make_shared<SourceFile>();
    named->path = path;
    csv.file = named;
    problems.error({csv.file, 0, 0}, other, tr("in the spreadsheet: Save as, of type \"CSV UTF-8\""));
    return csv;
  }
  const bool is_unicode = text.find('\0') != std::string::npos || is_utf8(text);
  const bool composes = text.find_first_of("\xcc\xcd") != std::string::npos;  // else no copy of a large file is made
  if (!is_unicode)
    text = from_windows_1252(text);
  else if (composes)
    text = composed(text);
  csv.file = source_file(path, std::move(text));
  if (!is_text(csv.file, problems)) return csv;
  csv_parser parser{};
  csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL);
  // a spreadsheet may say it in a line of its own
  const bool said =
      !csv.file->lines.empty() && csv.file->lines[0].size() == 5 && csv.file->lines[0].starts_with("sep=");
  if (!csv.file->lines.empty()) csv.separator = said ? csv.file->lines[0][4] : separator_of(csv.file->lines[0]);
  csv_set_delim(&parser, static_cast<unsigned char>(csv.separator));
  CsvParsing parsing{csv, {}, 0};
  bool good = true;
  for (std::size_t i = 0; i < csv.file->lines.size(); ++i) {
    std::string line(csv.file->lines[i]);
    ++parsing.line;
    if (said && parsing.line == 1) continue;
    if (const std::string unfit = unfit_character(line, Text::value); !unfit.empty()) {
      problems.error({csv.file, parsing.line, 0}, tr("this line holds the character {}", unfit),
                     tr("leave it out: files of results and screens cannot show it"));
      good = false;
      break;
    }
    line += '\n';
    good = csv_parse(&parser, line.data(), line.size(), on_field, on_row, &parsing) == line.size();
    if (good) continue;
    problems.error({csv.file, parsing.line, 0}, tr("the quotes of this line do not match"),
                   tr("put a value that holds a comma or a quote in quotes, and write a quote inside it twice"));
    break;
  }
  if (good && csv_fini(&parser, on_field, on_row, &parsing) != 0) {
    problems.error({csv.file, parsing.line, 0}, tr("the file ends inside a quoted value"), tr("close the quote"));
  }
  csv_free(&parser);
  if (good) check_header(csv, problems);
  return csv;
}

}  // namespace mailflow
