// mailflow report --since: what was measured against what was expected, day by day: which days are out of the usual,
// what each change brought, and what it had promised (plan, do, check, act).
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "cli/exit_status.hpp"
#include "cli/experiment_options.hpp"
#include "cli/report.hpp"
#include "cli/tell.hpp"
#include "core/words.hpp"
#include "experiment/archive.hpp"
#include "mail/calendar.hpp"
#include "report/experiment_json.hpp"
#include "report/output_folder.hpp"
#include "scenario/files/csv.hpp"
#include "scenario/files/files.hpp"
#include "stats/comparison.hpp"
#include "stats/control_chart.hpp"

namespace mailflow::cli {

namespace {

using Json = nlohmann::ordered_json;
constexpr double confidence = 0.95;

struct Actual {
  std::string day;
  double value = 0;
  double items = 0;  ///< 0: not given
};

struct Change {
  std::string day, label;
  const KeptScenario* scenario = nullptr;  ///< none: what was in force is not known
};
using Actuals = std::map<std::string, std::vector<Actual>>;  // by measure, in order of day

bool is_day(const std::string& text) {
  try {
    return to_string(parse_date(text)) == text;
  } catch (const std::invalid_argument&) {
    return false;
  }
}

/// What stands between thousands: a blank, one that does not break, a narrow one (U+00A0, U+202F).
void erase_blanks(std::string& text) {
  std::erase(text, ' ');
  for (const std::string blank : {"\xc2\xa0", "\xe2\x80\xaf"})
    for (auto i = text.find(blank); i != std::string::npos; i = text.find(blank)) text.erase(i, blank.size());
}

/// Whether a comma stands before three digits: 1,400 may be 1.4 or 1400.
bool is_ambiguous(std::string text) {
  erase_blanks(text);
  const auto comma = text.find(',');
  if (comma == std::string::npos) return false;
  const auto end = text.find_first_not_of("0123456789", comma + 1);
  return (end == std::string::npos ? text.size() : end) - comma == 4;
}

/// Without blanks, of any kind, at its end.
std::string trimmed_number(const std::string& text) {
  const std::size_t digits_end = text.find_last_of("0123456789.,") + 1;
  std::string rest = text.substr(digits_end);
  erase_blanks(rest);
  return text.substr(0, digits_end) + rest;
}

/// "91.2 %" is 0.912; a comma may stand for the point.
std::optional<double> number_of(std::string text) {
  if (is_ambiguous(text)) return std::nullopt;
  text = without_thousands(text);
  std::replace(text.begin(), text.end(), ',', '.');
  const bool percent = text.ends_with('%');
  if (percent) text = trimmed_number(text.substr(0, text.size() - 1));
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (text.empty() || *end != '\0' || !std::isfinite(value)) return std::nullopt;
  return percent ? value / 100 : value;
}

CsvFile table_of(const std::string& path, const std::vector<std::string>& columns, Problems& problems) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored)) {
    problems.error({}, tr("{} cannot be read", path),
                   tr("give a CSV file with the columns {}", fmt::format("{}", fmt::join(columns, ", "))));
    return {};
  }
  const std::size_t errors = problems.errors();
  auto text = read_file(path, {}, problems);
  if (!text) return {};
  CsvFile csv = read_csv(path, std::move(*text), problems);
  if (problems.errors() > errors) return csv;
  for (const std::string& column : columns)
    if (csv.file != nullptr && csv.column_of(column) < 0)
      problems.error({}, tr("{} lacks the column {}", path, column),
                     tr("{}; it needs {}", csv.columns(), fmt::format("{}", fmt::join(columns, ", "))));
  return csv;
}

/// The value of a column in a row; empty where it has none.
std::string cell(const CsvFile& csv, std::size_t row, const std::string& column) {
  const int c = csv.column_of(column);
  return c < 0 || static_cast<std::size_t>(c) >= csv.rows[row].size() ? "" : csv.rows[row][static_cast<std::size_t>(c)];
}

Place place(const CsvFile& csv, std::size_t row, const std::string& column) {
  return csv.place(row, static_cast<std::size_t>(std::max(0, csv.column_of(column))));
}

/// A measure may be named by its target alone: "letters".
Actuals read_actuals(const ReportCommandRequest& request, const std::vector<Measure>& measures, Problems& problems) {
  Actuals all;
  const CsvFile csv = table_of(request.actuals, {"day", "measure", "value"}, problems);
  if (csv.column_of("day") < 0 || csv.column_of("measure") < 0 || csv.column_of("value") < 0) return all;
  std::map<std::pair<std::string, std::string>, int> rows;  // line of each day and measure
  for (std::size_t r = 0; r < csv.rows.size(); ++r) {
    const std::string day = cell(csv, r, "day");
    const std::string name = cell(csv, r, "measure");
    const auto known = std::find_if(measures.begin(), measures.end(), [&](const Measure& m) {
      return m.name == name || m.name == "targets." + name + ".value";
    });
    const auto value = number_of(cell(csv, r, "value"));
    const std::string items = cell(csv, r, "items");
    const auto size = items.empty() ? std::optional(0.0) : number_of(items);
    if (!is_day(day)) problems.error(place(csv, r, "day"), tr("\"{}\" is no day", day), tr("write it as 2025-03-10"));
    if (known == measures.end())
      problems.error(place(csv, r, "measure"), tr("\"{}\" is no measure of the archive's scenarios", name),
                     tr("a target's name, or a path of results.json as mailflow runs ARCHIVE export has them"));
    const auto help = [&](const char* column, const char* example) {
      return is_ambiguous(cell(csv, r, column)) ? tr("a comma may not stand in a number; write 1400, or 1.4")
                                                : tr("for example {}", example);
    };
    if (!value)
      problems.error(place(csv, r, "value"), tr("\"{}\" is no number", cell(csv, r, "value")), help("value", "91.2 %"));
    if (value && known != measures.end() && known->unit == "share" && (*value < 0 || *value > 1))
      problems.error(place(csv, r, "value"), tr("{} is no share", cell(csv, r, "value")),
                     tr("from 0 to 1, or from 0 % to 100 %"));
    if (!size || *size < 0 || *size != std::floor(*size))
      problems.error(place(csv, r, "items"), tr("\"{}\" is no number of items", items), help("items", "1400"));
    if (!is_day(day) || known == measures.end() || !value || !size) continue;
    const auto [first, is_new] = rows.emplace(std::pair(day, known->name), csv.lines[r]);
    if (!is_new)
      problems.error(place(csv, r, "day"), tr("{} has a value of {} already, on line {}", day, name, first->second),
                     tr("keep one of the two rows"));
    if (!is_new || day < request.since) continue;
    all[known->name].push_back({day, *value, *size});
  }
  for (auto& [name, days] : all)
    std::stable_sort(days.begin(), days.end(), [](const Actual& a, const Actual& b) { return a.day < b.day; });
  if (all.empty() && !problems.has_errors())
    problems.error({}, tr("{} has nothing since {}", request.actuals, request.since), tr("give an earlier --since"));
  return all;
}

std::vector<Change> read_changes(const ReportCommandRequest& request, const std::vector<KeptScenario>& kept,
                                 Problems& problems) {
  std::vector<Change> changes;
  if (request.changes.empty()) {
    changes.push_back({"", "", &kept.front()});
    return changes;
  }
  const CsvFile csv = table_of(request.changes, {"day", "scenario"}, problems);
  if (csv.column_of("day") < 0 || csv.column_of("scenario") < 0) return changes;
  for (std::size_t r = 0; r < csv.rows.size(); ++r) {
    const std::string day = cell(csv, r, "day");
    const std::string name = cell(csv, r, "scenario");
    const auto found = std::find_if(kept.begin(), kept.end(), [&](const KeptScenario& k) {
      return k.record.name == name || k.record.file == name || std::to_string(k.id) == name;
    });
    if (!is_day(day)) problems.error(place(csv, r, "day"), tr("\"{}\" is no day", day), tr("write it as 2025-03-10"));
    if (found == kept.end()) {
      std::vector<std::string> names;
      for (const KeptScenario& k : kept) names.push_back(k.record.name);
      problems.error(place(csv, r, "scenario"), tr("\"{}\" is no scenario of {}", name, request.archive),
                     tr("it keeps {}", fmt::format("{}", fmt::join(names, ", "))));
    }
    if (is_day(day) && found != kept.end())
      changes.push_back({day, cell(csv, r, "label").empty() ? found->record.name : cell(csv, r, "label"), &*found});
  }
  std::stable_sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) { return a.day < b.day; });
  if (changes.empty() && !problems.has_errors()) problems.error({}, tr("{} has no rows", request.changes));
  return changes;
}

/// A change holds from its day on: days measured before the first are a time of their own, of which nothing is
/// expected.
void begin_at_first(std::vector<Change>& changes, const Actuals& actuals, const std::string& table,
                    Problems& problems) {
  std::string first;
  for (const auto& [name, days] : actuals)
    if (first.empty() || days.front().day < first) first = days.front().day;
  if (first.empty() || changes.empty() || first >= changes.front().day) return;
  const std::string last = to_string(Date{parse_date(changes.front().day).days - 1});
  problems.warning({},
                   tr("{} does not say what was in force from {} to {}: nothing is expected of those days, and "
                      "what the first change had promised cannot be told",
                      table, first, last),
                   tr("add a row with a day up to {} and the scenario that was in force", first));
  changes.insert(changes.begin(), {"", tr("In force before: not known"), nullptr});
}

/// What an archive keeps of one measure of a scenario, by replication.
std::map<std::uint64_t, double> kept_values(const Archive& archive, const KeptScenario* scenario, std::uint64_t seed,
                                            const std::string& measure) {
  std::map<std::uint64_t, double> values;
  if (scenario == nullptr) return values;
  const auto& all = scenario->record.measures;
  const auto m = static_cast<std::size_t>(
      std::find_if(all.begin(), all.end(), [&](const Measure& x) { return x.name == measure; }) - all.begin());
  for (const auto& [number, observation] :
       archive.replications(scenario->id, seed, 0, std::numeric_limits<std::uint64_t>::max()))
    if (m < observation.size()) values[number] = observation[m];
  return values;
}

/// Of the mean after less the mean before, their variances apart (Welch 1947).
Interval brought(const std::vector<double>& before, const std::vector<double>& after) {
  const Interval a = mean_interval(before, confidence);
  const Interval b = mean_interval(after, confidence);
  Interval i = b;
  i.estimate = b.estimate - a.estimate;
  const double va = a.deviation * a.deviation / static_cast<double>(before.size());
  const double vb = b.deviation * b.deviation / static_cast<double>(after.size());
  const double freedom =
      (va + vb) * (va + vb) /
      (va * va / static_cast<double>(before.size() - 1) + vb * vb / static_cast<double>(after.size() - 1));
  const double half = va + vb > 0 ? student_quantile(0.5 + confidence / 2, freedom) * std::sqrt(va + vb) : 0;
  i.low = i.estimate - half;
  i.high = i.estimate + half;
  return i;
}

std::vector<double> values_of(const std::vector<Actual>& days) {
  std::vector<double> values;
  for (const Actual& a : days) values.push_back(a.value);
  return values;
}

/// What the change to phase `k` brought of what it promised.
Json result(const Archive& archive, const std::vector<Change>& changes, const std::vector<std::vector<Actual>>& phases,
            std::size_t k, const Measure& measure, std::uint64_t seed) {
  Json json = {{"day", changes[k].day},
               {"label", changes[k].label},
               {"promised", nullptr},
               {"brought", nullptr},
               {"verdict", "cannot tell"}};
  const auto old_values = kept_values(archive, changes[k - 1].scenario, seed, measure.name);
  std::vector<double> base;
  std::vector<double> alternative;
  for (const auto& [number, value] : kept_values(archive, changes[k].scenario, seed, measure.name))
    if (old_values.contains(number)) {
      base.push_back(old_values.at(number));
      alternative.push_back(value);
    }
  Interval promise;
  if (base.size() > 1) {
    promise = difference(measure.better, base, alternative, confidence, 0).paired;
    json["promised"] = interval_json(promise);
  }
  if (phases[k - 1].size() < 2 || phases[k].size() < 2) return json;
  const Interval did = brought(values_of(phases[k - 1]), values_of(phases[k]));
  json["brought"] = interval_json(did);
  if (base.size() < 2) return json;
  const double sign = measure.better == Better::less ? -1 : 1;
  const bool more = sign > 0 ? did.low > promise.high : did.high < promise.low;
  const bool less = sign > 0 ? did.high < promise.low : did.low > promise.high;
  // What holds the promise but nothing as well tells nothing; where nothing was promised, no promise was kept either.
  const bool something = did.low > 0 || did.high < 0;
  const bool promised_something = promise.low > 0 || promise.high < 0;
  json["verdict"] = more                  ? "more than promised"
                    : less                ? "less than promised"
                    : !promised_something ? "nothing promised"
                    : something           ? "as promised"
                                          : "cannot tell";
  return json;
}

Json indicator(const Archive& archive, const std::vector<Change>& changes, const Measure& measure,
               const std::vector<Actual>& days, std::uint64_t seed) {
  const bool sized =
      measure.unit == "share" && std::all_of(days.begin(), days.end(), [](const Actual& a) { return a.items > 0; });
  constexpr const char* betters[] = {"more", "less", "neither"};
  Json json = {{"name", measure.name},         {"label", {{"fr", measure.label.fr}, {"en", measure.label.en}}},
               {"unit", measure.unit},         {"better", betters[static_cast<std::size_t>(measure.better)]},
               {"chart", sized ? "p" : "XmR"}, {"days", Json::array()},
               {"phases", Json::array()},      {"results", Json::array()}};
  std::vector<std::vector<Actual>> phases(changes.size());
  for (const Actual& a : days) {
    std::size_t k = changes.size() - 1;
    while (k > 0 && a.day < changes[k].day) --k;
    phases[k].push_back(a);
  }
  constexpr const char* signals[] = {"", "outside", "run"};
  for (std::size_t k = 0; k < changes.size(); ++k) {
    if (phases[k].empty()) continue;
    std::vector<double> sizes;
    for (const Actual& a : phases[k]) sizes.push_back(a.items);
    const auto values = values_of(phases[k]);
    const ControlChart chart = sized ? share_chart(values, sizes) : individuals_chart(values);
    std::vector<double> expected;
    for (const auto& [number, value] : kept_values(archive, changes[k].scenario, seed, measure.name))
      if (std::isfinite(value)) expected.push_back(value);
    const Interval found = measure_interval(measure, values, confidence);
    const Interval model = expected.empty() ? Interval{} : measure_interval(measure, expected, confidence);
    const double most = measure.unit == "share" ? 1 : std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < phases[k].size(); ++i) {
      const ControlPoint& p = chart.points[i];
      json["days"].push_back({{"day", phases[k][i].day},
                              {"value", p.value},
                              {"items", phases[k][i].items},
                              {"centre", chart.centre},
                              {"low", std::isnan(p.low) ? Json() : Json(std::max(0.0, p.low))},
                              {"high", std::isnan(p.high) ? Json() : Json(std::min(most, p.high))},
                              {"expected", expected.empty() ? Json() : Json(model.estimate)},
                              {"signal", signals[static_cast<std::size_t>(p.signal)]}});
    }
    json["phases"].push_back({{"from", phases[k].front().day},
                              {"to", phases[k].back().day},
                              {"label", changes[k].label.empty() ? changes[k].scenario->record.name : changes[k].label},
                              {"days", phases[k].size()},
                              {"actual", interval_json(found)},
                              {"expected", expected.empty() ? Json() : interval_json(model)}});
    if (k > 0) json["results"].push_back(result(archive, changes, phases, k, measure, seed));
  }
  return json;
}

}  // namespace

int since_command(const ReportCommandRequest& request) {
  const std::string file = request.out.empty() ? "report.html" : request.out;
  const Guard guard{.failed = tr_later("the report failed: "), .archive = ArchiveUse::read};
  return guarded(guard, [&]() -> int {
    check_report(file, request.format);
    Problems problems;
    if (!is_day(request.since))
      problems.error({}, tr("--since is \"{}\"; it must be a day", request.since), tr("for example {}", "2025-03-10"));
    if (request.archive.empty())
      problems.error({}, tr("--since lacks --archive"), tr("the file that --archive of run or compare keeps"));
    if (request.actuals.empty())
      problems.error({}, tr("--since lacks --actuals"),
                     tr("a CSV file with the columns day, measure, value and, for shares, items"));
    if (!request.results.empty())
      problems.error({}, tr("--since takes no folders of results"), tr("leave out {}", request.results[0]));
    if (report_format(file, request.format) == ReportFormat::xlsx ||
        report_format(file, request.format) == ReportFormat::csv)
      problems.error({}, tr("--since writes html, pdf, png or json"));
    Json json;
    if (!problems.has_errors()) {
      const Archive archive(request.archive, ArchiveUse::read);
      const auto kept = archive.scenarios();
      if (kept.empty())
        problems.error({}, tr("{} keeps nothing yet", request.archive), tr("run or compare with --archive first"));
      if (!kept.empty()) {
        const auto& measures = kept.front().record.measures;
        const auto actuals = read_actuals(request, measures, problems);
        auto changes = read_changes(request, kept, problems);
        if (!problems.has_errors()) {
          begin_at_first(changes, actuals, request.changes, problems);
          const std::uint64_t seed = kept.front().replications.empty() ? 1 : kept.front().replications.begin()->first;
          json = {{"since", request.since},
                  {"actuals", request.actuals},
                  {"archive", request.archive},
                  {"changes", Json::array()},
                  {"indicators", Json::array()}};
          for (const Change& c : changes)
            if (!c.day.empty())
              json["changes"].push_back({{"day", c.day}, {"label", c.label}, {"scenario", c.scenario->record.name}});
          for (const Measure& measure : measures)
            if (const auto days = actuals.find(measure.name); days != actuals.end())
              json["indicators"].push_back(indicator(archive, changes, measure, days->second, seed));
        }
      }
    }
    tell_problems(problems);
    if (problems.has_errors()) return invalid_input;
    ReportRequest page;
    page.improvement = json.dump();
    write_report(file, report_format(file, request.format), page);
    if (file != "-") say("{}", tr("The report is {}\n", file));
    return success;
  });
}

}  // namespace mailflow::cli
