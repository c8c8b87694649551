#include "scenario/sections/recorded.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "core/words.hpp"
#include "scenario/files/csv.hpp"
#include "scenario/files/files.hpp"
#include "scenario/sections/value_reader.hpp"

namespace mailflow {

namespace {

/// Which column of the file says what, and which rows count.
struct Recording {
  int time = -1, product = -1, destination = -1, items = -1, leave_by = -1;  ///< columns; -1: none
  ProductIndex only_product;                                                 ///< where no column says the product
  std::vector<std::pair<std::size_t, std::string>> where;                    ///< column and the value that counts
};

/// "1400", "-4" or "1400 items", whose amount or unit may be wrong: not "1e3".
bool is_number_and_unit(const std::string& text) {
  const auto number = text.find_first_not_of("0123456789.,", text.starts_with('-') ? 1 : 0);
  return number == std::string::npos || text.find_first_of("0123456789", number) == std::string::npos;
}

class RecordingReader : private ValueReader {
 public:
  using ValueReader::ValueReader;
  void replay(const Node& node, Source& source);

 private:
  bool recorded_columns(const Node& node, const CsvFile& csv, const Source& source, Recording& recording);
  void recorded_filter(const Node& node, const CsvFile& csv, Recording& recording);
  void read_rows(const Node& node, const CsvFile& csv, const Recording& recording, Source& source);
  template <class Of>
  Index<Of> recorded_name(const std::string& name, const NamesOf<Of>& names, const char* kind, Failure& failure) const;
  bool read_row(const std::vector<std::string>& row, const Recording& recording, ReplayRow& read, Failure& failure,
                int& column);
};

void RecordingReader::replay(const Node& node, Source& result) {
  const Node& file = *get(node, "replay");
  result.bin = duration(node, "bin", 0);
  result.spread = choice(node, "spread", Spread::even);
  const auto path = resolve(file, in_.options.data_dir, in_.problems);
  auto text = path ? read_file(*path, file.place, in_.problems) : std::nullopt;
  if (!text) return;
  const ErrorsSince errors(in_.problems);
  const CsvFile csv = read_csv(*path, std::move(*text), in_.problems);
  if (errors.any()) return;
  Recording recording;
  if (recorded_columns(node, csv, result, recording)) read_rows(node, csv, recording, result);
}

/// Finds the columns; false where one is missing.
bool RecordingReader::recorded_columns(const Node& node, const CsvFile& csv, const Source& source,
                                       Recording& recording) {
  const Node* columns = get(node, "columns");
  if (columns != nullptr && !check_section(*columns, "columns", "columns")) return false;
  const ErrorsSince errors(in_.problems);
  const Place at = get(node, "replay")->place;
  const auto find = [&](const std::string& what, bool needed) {
    const Node* given = columns == nullptr ? nullptr : get(*columns, what);
    const std::string name = given == nullptr ? what : scalar(*given, what);
    const int found = csv.column_of(name);
    if (found >= 0 || (given == nullptr && !needed)) return found;
    const std::string close = nearest(name, csv.header);
    in_.problems.error(given == nullptr ? at : given->place, tr("the file has no column \"{}\"", name),
                       close.empty() ? tr("{}; say under columns: which is the {}", csv.columns(), what)
                                     : tr("did you mean {}?", close));
    return -1;
  };
  recording.time = find("time", true);
  recording.items = find("items", true);
  recording.product = find("product", false);
  recording.destination = find("destination", false);
  recording.leave_by = find("leave_by", false);
  for (const ProductIndex p : source.mix.product.indices())
    if (source.mix.product[p] == 1) recording.only_product = p;
  if (in_.names.products.size() == 1) recording.only_product = ProductIndex(0);
  const bool told = columns != nullptr && get(*columns, "product") != nullptr;
  if (recording.product < 0 && recording.only_product == none && !told)
    in_.problems.error(at, tr("no column of the file says the product"),
                       tr("name it under columns: {product: ...}, or give mix: with one product at 100 %"));
  recorded_filter(node, csv, recording);
  return !errors.any();
}

void RecordingReader::recorded_filter(const Node& node, const CsvFile& csv, Recording& recording) {
  const Node* filter = get(node, "where");
  if (filter == nullptr) return;
  if (!filter->is_map())
    bad(*filter, "where", "", tr("it must be a map of column: value"), tr("for example {}", "where: {site: site-1}"));
  for (const Entry& e : filter->entries) {
    const int found = csv.column_of(e.key);
    const std::string close = nearest(e.key, csv.header);
    if (found < 0)
      in_.problems.error(e.place, tr("the file has no column \"{}\"", e.key),
                         close.empty() ? csv.columns() : tr("did you mean {}?", close));
    else
      recording.where.emplace_back(static_cast<std::size_t>(found), scalar(e.value, e.key));
  }
}

template <class Of>
Index<Of> RecordingReader::recorded_name(const std::string& name, const NamesOf<Of>& names, const char* kind,
                                         Failure& failure) const {
  const auto found = names.find(name);
  if (found != names.end()) return Index<Of>(found->second);
  std::vector<std::string> all;
  for (const auto& [known, i] : names) all.push_back(known);
  const std::string close = nearest(name, all);
  failure = {tr("the scenario has no {} \"{}\"", tr(kind), name),
             close.empty() ? tr("add it there, or leave such rows out with where:") : tr("did you mean {}?", close)};
  return none;
}

/// Reads one row; false where a value is wrong: `column` is its column.
bool RecordingReader::read_row(const std::vector<std::string>& row, const Recording& recording, ReplayRow& read,
                               Failure& failure, int& column) {
  const auto text = [&](int which) -> const std::string& { return row[static_cast<std::size_t>(which)]; };
  const auto instant = [&](int which, Ticks& into) {
    column = which;
    try {
      into = in_.calendar->parse(text(which));
      return true;
    } catch (const std::invalid_argument& wrong) {
      failure = {tr("\"{}\" is no time: {}", text(which), wrong.what()),
                 tr("write 2025-03-03 08:00, or 03/03/2025 08:00 with the day first")};
      return false;
    }
  };
  if (!instant(recording.time, read.at)) return false;
  column = recording.items;
  Failure why;
  const std::string counted = without_thousands(text(recording.items));
  const auto items = parse_count(counted, 0, 1'000'000'000, true, why);
  if (!items && !is_number_and_unit(counted))
    why = {tr("it must be a whole number of items"), tr("write it in digits: 1400")};
  if (!items) {
    failure = {tr("{} is {}; {}", "items", tr("\"{}\"", text(recording.items)), why.must), why.help};
    return false;
  }
  read.items = *items;
  read.product = recording.only_product;
  if (recording.product >= 0) {
    column = recording.product;
    read.product = recorded_name(text(column), in_.names.products, tr_later("product"), failure);
    if (read.product == none) return false;
  }
  if (recording.destination >= 0) {
    column = recording.destination;
    read.destination = recorded_name(text(column), in_.names.destinations, tr_later("destination"), failure);
    if (read.destination == none) return false;
  }
  return recording.leave_by < 0 || text(recording.leave_by).empty() || instant(recording.leave_by, read.leave_by);
}

/// The rows of a recorded file; at most 20 of its problems are told.
void RecordingReader::read_rows(const Node& node, const CsvFile& csv, const Recording& recording, Source& source) {
  constexpr std::size_t most_told = 20;
  std::size_t wrong = 0;
  const auto complain = [&](std::size_t r, int column, const Failure& failure) {
    if (++wrong > most_told) return;
    in_.problems.error(csv.place(r, static_cast<std::size_t>(column)), failure.must, failure.help);
  };
  for (std::size_t r = 0; r < csv.rows.size(); ++r) {
    const auto& row = csv.rows[r];
    if (row.size() != csv.header.size()) {
      complain(r, 0,
               {tr("this row has {} values, the first line names {} columns", row.size(), csv.header.size()), {}});
      continue;
    }
    const auto& where = recording.where;
    if (std::any_of(where.begin(), where.end(), [&](const auto& w) { return row[w.first] != w.second; })) continue;
    ReplayRow read;
    Failure failure;
    int column = 0;
    if (!read_row(row, recording, read, failure, column))
      complain(r, column, failure);
    else if (read.at >= 0 && read.at < in_.model.end && read.items > 0)
      source.rows.push_back(read);
  }
  if (wrong > most_told)
    in_.problems.error({csv.file, static_cast<int>(csv.file->lines.size()), 0},
                       tr("and {} more problems in this file", wrong - most_told));
  std::stable_sort(source.rows.begin(), source.rows.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
  if (source.rows.empty() && wrong == 0)
    in_.problems.warning(
        get(node, "replay")->place, tr("no row of the file falls within the run"),
        recording.where.empty() ? tr("run: from and for say when that is") : tr("check where: and run:"));
}

}  // namespace

void read_recording(Reading& reading, const Node& node, Source& source) {
  RecordingReader(reading).replay(node, source);
}

}  // namespace mailflow
