// Recorded arrivals: the rows of a CSV file. Part of builder.hpp.
#include <algorithm>
#include <cmath>

#include "scenario/builder.hpp"
#include "scenario/csv.hpp"
#include "scenario/recording.hpp"

namespace mailflow {

namespace {

/// "1400", "-4" or "1400 items", whose amount or unit may be wrong: not "1e3".
bool is_number_and_unit(const std::string& text) {
  const auto number = text.find_first_not_of("0123456789.,", text.starts_with('-') ? 1 : 0);
  return number == std::string::npos || text.find_first_of("0123456789", number) == std::string::npos;
}

}  // namespace

/// Finds the columns; false where one is missing.
bool Builder::recorded_columns(const Node& node, const CsvFile& csv, const Source& source, Recording& recording) {
  const Node* columns = get(node, "columns");
  if (columns != nullptr && !check_section(*columns, "columns", "columns")) return false;
  const std::size_t errors = problems_.errors();
  const Place at = get(node, "replay")->place;
  const auto find = [&](const std::string& what, bool needed) {
    const Node* given = columns == nullptr ? nullptr : get(*columns, what);
    const std::string name = given == nullptr ? what : scalar(*given, what);
    const int found = csv.column_of(name);
    if (found >= 0 || (given == nullptr && !needed)) return found;
    const std::string close = nearest(name, csv.header);
    problems_.error(
        given == nullptr ? at : given->place, "the file has no column \"" + name + "\"",
        close.empty() ? csv.columns() + "; say under columns: which is the " + what : "did you mean " + close + "?");
    return -1;
  };
  recording.time = find("time", true);
  recording.items = find("items", true);
  recording.product = find("product", false);
  recording.destination = find("destination", false);
  recording.leave_by = find("leave_by", false);
  for (std::size_t p = 0; p < source.mix.product.size(); ++p)
    if (source.mix.product[p] == 1) recording.only_product = static_cast<int>(p);
  if (products_.size() == 1) recording.only_product = 0;
  const bool told = columns != nullptr && get(*columns, "product") != nullptr;
  if (recording.product < 0 && recording.only_product < 0 && !told)
    problems_.error(at, "no column of the file says the product",
                    "name it under columns: {product: ...}, or give mix: with one product at 100 %");
  recorded_filter(node, csv, recording);
  return problems_.errors() == errors;
}

void Builder::recorded_filter(const Node& node, const CsvFile& csv, Recording& recording) {
  const Node* filter = get(node, "where");
  if (filter == nullptr) return;
  if (!filter->is_map())
    bad(*filter, "where", "", "it must be a map of column: value", "for example where: {site: site-1}");
  for (const Entry& e : filter->entries) {
    const int found = csv.column_of(e.key);
    const std::string close = nearest(e.key, csv.header);
    if (found < 0)
      problems_.error(e.place, "the file has no column \"" + e.key + "\"",
                      close.empty() ? csv.columns() : "did you mean " + close + "?");
    else
      recording.where.emplace_back(static_cast<std::size_t>(found), scalar(e.value, e.key));
  }
}

int Builder::recorded_name(const std::string& name, const Names& names, const char* what, Failure& failure) const {
  const auto found = names.find(name);
  if (found != names.end()) return found->second;
  std::vector<std::string> all;
  for (const auto& [known, i] : names) all.push_back(known);
  const std::string close = nearest(name, all);
  failure = {std::string("the scenario has no ") + what + " \"" + name + "\"",
             close.empty() ? "add it there, or leave such rows out with where:" : "did you mean " + close + "?"};
  return -1;
}

/// Reads one row; false where a value is wrong: `column` is its column.
bool Builder::read_row(const std::vector<std::string>& row, const Recording& recording, ReplayRow& read,
                       Failure& failure, int& column) {
  const auto text = [&](int which) -> const std::string& { return row[static_cast<std::size_t>(which)]; };
  const auto instant = [&](int which, Ticks& into) {
    column = which;
    try {
      into = calendar_->parse(text(which));
      return true;
    } catch (const std::invalid_argument& wrong) {
      failure = {"\"" + text(which) + "\" is no time: " + wrong.what(),
                 "write 2025-03-03 08:00, or 03/03/2025 08:00 with the day first"};
      return false;
    }
  };
  if (!instant(recording.time, read.at)) return false;
  column = recording.items;
  Failure why;
  const std::string counted = without_thousands(text(recording.items));
  const auto items = parse_count(counted, 0, 1'000'000'000, true, why);
  if (!items && !is_number_and_unit(counted)) why = {"it must be a whole number of items", "write it in digits: 1400"};
  if (!items) {
    failure = {"items is \"" + text(recording.items) + "\"; " + why.must, why.help};
    return false;
  }
  read.items = *items;
  read.product = recording.only_product;
  if (recording.product >= 0) {
    column = recording.product;
    read.product = recorded_name(text(column), products_, "product", failure);
    if (read.product < 0) return false;
  }
  if (recording.destination >= 0) {
    column = recording.destination;
    read.destination = recorded_name(text(column), destinations_, "destination", failure);
    if (read.destination < 0) return false;
  }
  return recording.leave_by < 0 || text(recording.leave_by).empty() || instant(recording.leave_by, read.leave_by);
}

/// The rows of a recorded file; at most 20 of its problems are told.
void Builder::read_rows(const Node& node, const CsvFile& csv, const Recording& recording, Source& source) {
  constexpr std::size_t most_told = 20;
  std::size_t wrong = 0;
  const auto complain = [&](std::size_t r, int column, const Failure& failure) {
    if (++wrong > most_told) return;
    problems_.error(csv.place(r, static_cast<std::size_t>(column)), failure.must, failure.help);
  };
  for (std::size_t r = 0; r < csv.rows.size(); ++r) {
    const auto& row = csv.rows[r];
    if (row.size() != csv.header.size()) {
      complain(r, 0,
               {"this row has " + std::to_string(row.size()) + " values, the first line names " +
                    std::to_string(csv.header.size()) + " columns",
                {}});
      continue;
    }
    const auto& where = recording.where;
    if (std::any_of(where.begin(), where.end(), [&](const auto& w) { return row[w.first] != w.second; })) continue;
    ReplayRow read;
    Failure failure;
    int column = 0;
    if (!read_row(row, recording, read, failure, column))
      complain(r, column, failure);
    else if (read.at >= 0 && read.at < model_.end && read.items > 0)
      source.rows.push_back(read);
  }
  if (wrong > most_told)
    problems_.error({csv.file, static_cast<int>(csv.file->lines.size()), 0},
                    "and " + std::to_string(wrong - most_told) + " more problems in this file");
  std::stable_sort(source.rows.begin(), source.rows.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
  if (source.rows.empty() && wrong == 0)
    problems_.warning(get(node, "replay")->place, "no row of the file falls within the run",
                      recording.where.empty() ? "run: from and for say when that is" : "check where: and run:");
}

}  // namespace mailflow
