// Small cases of postal work, each worked out by hand in the comments of its scenario and told through the public
// command.
//
// A story is NAME.yaml beside NAME.expected, which holds any of these parts; `#` begins a comment line:
//
//   log of process, load on 2025-03-03      rows of the event log with these activities (no `of`: all), times of that
//   start    | end      | station | items   day without the date; then the columns that count and the rows expected,
//   08:00:00 | 08:15:00 | sort    | 10      in any order
//
//   results                                 values of results.json by path; numbers to 1e-6, or within what is said
//   teams.night.overtime_minutes = 12
//   stations.left.items_in = 500 +- 80
//
// A difference is shown as the expected table with `-` before a row that did not happen and `+` before one that did.
#pragma once

#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace {

namespace fs = std::filesystem;
using Row = std::vector<std::string>;

const fs::path folder = fs::path(MAILFLOW_SOURCE_DIR) / "tests" / "stories";

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" \t\r");
  return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

Row split(const std::string& text, char mark) {
  Row parts;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, mark);) parts.push_back(trimmed(part));
  if (!text.empty() && text.back() == mark) parts.emplace_back();
  return parts;
}

std::string bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

// --- What is expected ------------------------------------------------------------------------------------------------

struct LogPart {
  Row activities;  // empty: all
  std::string day;
  Row columns;
  std::vector<Row> rows;
};

struct ResultLine {
  std::string path;
  std::string value;
  double within = 1e-6;
};

struct Expected {
  std::vector<LogPart> logs;
  std::vector<ResultLine> results;
};

LogPart log_heading(const std::string& line) {
  LogPart part;
  std::string rest = line.substr(3);
  if (const auto on = rest.find(" on "); on != std::string::npos) {
    part.day = trimmed(rest.substr(on + 4));
    rest.resize(on);
  }
  if (rest.starts_with(" of ")) part.activities = split(rest.substr(4), ',');
  return part;
}

ResultLine result_line(const std::string& line) {
  const auto equals = line.find(" = ");
  if (equals == std::string::npos) throw std::runtime_error("not `path = value`: " + line);
  ResultLine result{.path = trimmed(line.substr(0, equals)), .value = trimmed(line.substr(equals + 3))};
  if (const auto within = result.value.find(" +- "); within != std::string::npos) {
    result.within = std::stod(result.value.substr(within + 4));
    result.value.resize(within);
  }
  return result;
}

void add_log_line(LogPart& part, const std::string& line) {
  Row row = split(line, '|');
  if (part.columns.empty()) {
    part.columns = std::move(row);
    return;
  }
  if (row.size() != part.columns.size()) throw std::runtime_error("not as many cells as columns: " + line);
  part.rows.push_back(std::move(row));
}

Expected read_expected(const fs::path& path) {
  Expected expected;
  enum class Part { none, log, results } part = Part::none;
  std::istringstream in(bytes_of(path));
  for (std::string raw; std::getline(in, raw);) {
    const std::string line = trimmed(raw);
    if (line.empty() || line.front() == '#') continue;
    if (line == "results") {
      part = Part::results;
    } else if (line == "log" || line.starts_with("log ")) {
      part = Part::log;
      expected.logs.push_back(log_heading(line));
    } else if (part == Part::log) {
      add_log_line(expected.logs.back(), line);
    } else if (part == Part::results) {
      expected.results.push_back(result_line(line));
    } else {
      throw std::runtime_error("neither `log` nor `results` before: " + line);
    }
  }
  if (expected.logs.empty() && expected.results.empty())
    throw std::runtime_error("nothing expected in " + path.string());
  return expected;
}

// --- What happened ---------------------------------------------------------------------------------------------------

// A folder of our own for one run's files, gone at the end.
class Scratch {
 public:
  explicit Scratch(const std::string& name)
      : path_(fs::temp_directory_path() / ("mailflow-story-" + name + "-" + std::to_string(::getpid()))) {
    fs::remove_all(path_);
    fs::create_directories(path_);
  }
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch(Scratch&&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  Scratch& operator=(Scratch&&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

// Runs the scenario into `scratch`/out, with `settings` such as "TZ=UTC" in the environment.
fs::path run(const std::string& story, const Scratch& scratch, const std::string& arguments = "",
             const std::string& settings = "", bool folder_is_there = true) {
  const fs::path out = scratch.path() / "out";
  const fs::path said = scratch.path() / "said.txt";
  if (folder_is_there) fs::create_directories(out);
  const std::string command = "env " + settings + " '" MAILFLOW_PROGRAM "' run '" +
                              (folder / (story + ".yaml")).string() + "' --out '" + out.string() + "' --events '" +
                              (out / "events.csv").string() + "' --quiet " + arguments + " > '" + said.string() +
                              "' 2>&1";
  const int status = std::system(command.c_str());
  INFO(command << "\n" << bytes_of(said));
  REQUIRE(status == 0);
  return out;
}

// The cells of one line of CSV (RFC 4180, no line breaks inside cells).
Row csv_cells(const std::string& line) {
  Row cells(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      cells.emplace_back();
    } else if (c != '\r') {
      cells.back() += c;
    }
  }
  return cells;
}

using LogRow = std::map<std::string, std::string>;

std::vector<LogRow> read_log(const fs::path& path) {
  std::istringstream in(bytes_of(path));
  std::string line;
  std::getline(in, line);
  const Row names = csv_cells(line);
  std::vector<LogRow> rows;
  while (std::getline(in, line)) {
    const Row cells = csv_cells(line);
    LogRow row;
    for (std::size_t i = 0; i < names.size(); ++i) row[names[i]] = i < cells.size() ? cells[i] : "(no cell)";
    rows.push_back(std::move(row));
  }
  return rows;
}

// 2025-03-03T08:00:00.000000+11:00 as "08:00:00" when the day is that of the table, else as "2025-03-03 08:00:00";
// parts of a second only where there are any.
std::string shown(std::string cell, const std::string& day) {
  const bool is_time = cell.size() >= 19 && cell[4] == '-' && cell[7] == '-' && (cell[10] == 'T' || cell[10] == ' ');
  if (!is_time) return cell;
  if (const auto offset = cell.find_first_of("+-Z", 19); offset != std::string::npos) cell.resize(offset);
  if (cell.ends_with(".000000")) cell.resize(19);
  cell[10] = ' ';
  return cell.starts_with(day + ' ') ? cell.substr(11) : cell;
}

std::vector<Row> rows_that_count(const LogPart& part, const std::vector<LogRow>& log) {
  std::vector<Row> rows;
  for (const LogRow& event : log) {
    const auto activity = event.find("activity");
    const bool counts = part.activities.empty() ||
                        (activity != event.end() && std::ranges::count(part.activities, activity->second) > 0);
    if (!counts) continue;
    Row row;
    for (const std::string& column : part.columns) {
      const auto cell = event.find(column);
      row.push_back(cell == event.end() ? "(no column)" : shown(cell->second, part.day));
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

// --- The comparison --------------------------------------------------------------------------------------------------

std::string aligned(const std::vector<std::pair<char, Row>>& rows) {
  std::vector<std::size_t> width;
  for (const auto& [mark, row] : rows) {
    width.resize(std::max(width.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) width[i] = std::max(width[i], row[i].size());
  }
  std::string text;
  for (const auto& [mark, row] : rows) {
    text += mark;
    for (std::size_t i = 0; i < row.size(); ++i)
      text += (i == 0 ? " " : " | ") + row[i] + std::string(width[i] - row[i].size(), ' ');
    text += '\n';
  }
  return text;
}

// Empty when the same rows are there, in whatever order.
std::string difference(const LogPart& part, std::vector<Row> happened) {
  std::vector<std::pair<char, Row>> rows{{' ', part.columns}};
  bool same = true;
  for (const Row& row : part.rows) {
    const auto found = std::ranges::find(happened, row);
    rows.emplace_back(found == happened.end() ? '-' : ' ', row);
    same = same && found != happened.end();
    if (found != happened.end()) happened.erase(found);
  }
  for (const Row& row : happened) rows.emplace_back('+', row);
  return same && happened.empty() ? "" : aligned(rows);
}

const nlohmann::json* step(const nlohmann::json& from, const std::string& key) {
  if (from.is_object()) return from.contains(key) ? &from.at(key) : nullptr;
  if (!from.is_array()) return nullptr;
  for (const auto& element : from)
    if (element.is_object() && element.value("name", "") == key) return &element;
  const bool is_index = !key.empty() && std::ranges::all_of(key, [](char c) { return c >= '0' && c <= '9'; });
  return is_index && std::stoul(key) < from.size() ? &from.at(std::stoul(key)) : nullptr;
}

// What stands at the path, or a word on where the path ends.
std::string found_at(const nlohmann::json& results, const std::string& path) {
  const nlohmann::json* at = &results;
  for (const std::string& key : split(path, '.')) {
    at = step(*at, key);
    if (at == nullptr) return "(no " + key + ")";
  }
  return at->is_string() ? at->get<std::string>() : at->dump();
}

bool agree(const ResultLine& line, const std::string& found) {
  if (found == line.value) return true;
  char* end = nullptr;
  const double expected_value = std::strtod(line.value.c_str(), &end);
  if (end == line.value.c_str() || *end != '\0') return false;
  const double value = std::strtod(found.c_str(), &end);
  return end != found.c_str() && *end == '\0' && std::abs(value - expected_value) <= line.within;
}

std::string difference(const std::vector<ResultLine>& lines, const nlohmann::json& results) {
  std::vector<std::pair<char, Row>> rows;
  bool same = true;
  for (const ResultLine& line : lines) {
    const std::string found = found_at(results, line.path);
    const bool agrees = agree(line, found);
    rows.emplace_back(agrees ? ' ' : '-', Row{line.path, line.value});
    if (!agrees) rows.emplace_back('+', Row{line.path, found});
    same = same && agrees;
  }
  return same ? "" : aligned(rows);
}

void tell(const std::string& story) {
  const Expected expected = read_expected(folder / (story + ".expected"));
  const Scratch scratch(story);
  const fs::path out = run(story, scratch);
  std::string differences;
  const std::vector<LogRow> log = read_log(out / "events.csv");
  for (const LogPart& part : expected.logs) differences += difference(part, rows_that_count(part, log));
  const auto results = nlohmann::json::parse(bytes_of(out / "results.json"));
  differences += difference(expected.results, results);
  INFO(story << ".yaml: expected (-) and found (+)\n" << differences);
  CHECK(differences.empty());
}

// Every file below `folder`, by its path there.
std::map<std::string, std::string> files_of(const fs::path& out) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(out))
    if (entry.is_regular_file()) files[fs::relative(entry.path(), out).string()] = bytes_of(entry.path());
  return files;
}

void check_same_files(const std::map<std::string, std::string>& one, const std::map<std::string, std::string>& other) {
  CHECK(one.size() == other.size());
  for (const auto& [name, bytes] : one) {
    INFO(name);
    REQUIRE(other.contains(name));
    CHECK((bytes == other.at(name)));
  }
}

}  // namespace
