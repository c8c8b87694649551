#include "report/experiment_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/words.hpp"
#include "report/experiment_json.hpp"
#include "report/table.hpp"
#include "report/text.hpp"

namespace mailflow {

namespace {

using Json = nlohmann::ordered_json;

/// "93.5 to 98.0 %": the unit once where both ends have the same.
std::string joined(std::string low, const std::string& high) {
  const auto unit_at = [](const std::string& text) { return text.find_first_not_of("+-0123456789., "); };
  const std::size_t l = unit_at(low);
  const std::size_t h = unit_at(high);
  if (l != std::string::npos && h != std::string::npos && low.substr(l) == high.substr(h)) low.resize(l);
  while (!low.empty() && low.back() == ' ') low.pop_back();
  return tr("{} to {}", low, high);
}

std::string range(const Interval& i, const std::string& unit, const std::string& currency) {
  if (i.n == 0) return "";
  if (std::isinf(i.low)) return tr("needs 2 runs");
  if (i.alike) return tr("the same in every run");
  return joined(shown(i.low, unit, currency), shown(i.high, unit, currency));
}

/// The interval that the verdict goes by.
std::string range_of_change(const Difference& d, const std::string& unit, const std::string& currency) {
  if (std::isinf(d.judged_low)) return tr("needs 2 runs");
  return joined(shown_change(d.judged_low, unit, currency), shown_change(d.judged_high, unit, currency));
}

std::string heading(const ExperimentReport& report) {
  const std::int64_t runs = report.replications * static_cast<std::int64_t>(report.scenarios.size());
  return tr_plural("{} replication, seed {}, {:.4g} % intervals", "{} replications, seed {}, {:.4g} % intervals",
                   report.replications, report.replications, report.seed, 100 * report.confidence) +
         (report.taken > 0 ? tr("; {} of {} runs taken from the archive", report.taken, runs) : "");
}

std::string chance(double p) {
  if (p > 0.999) return "> " + decimal(99.9, 1) + " %";
  if (p < 0.001) return "< " + decimal(0.1, 1) + " %";
  return decimal(100 * p, 1) + " %";
}

}  // namespace

std::string bound_mark(bool at_least) { return at_least ? "≥ " : ""; }

std::string measure_name(const Measure& measure) {
  const std::string words = name_of(measure.label, measure.name);
  if (measure.target != none)
    return measure.kind != Measure::Kind::days ? words
           : measure.name.ends_with(".met")    ? tr("{}: runs met", words)
                                               : tr("{}: days met", words);
  if (measure.name.ends_with("time_in_centre_minutes.p95")) return tr("{}, 95 % within", words);
  if (measure.name.ends_with("time_in_centre_minutes.mean")) return tr("{}, mean", words);
  return measure.headline ? words : measure.name;
}

std::string wanted_of(const Model& model, const Target& target) {
  const char* unit = "";
  for (const Measure& measure : measures_of(model))
    if (measure.name == "targets." + target.name + ".value") {
      const std::string bound = shown(target.bound, measure.unit, model.currency);
      return target.at_least ? tr("at least {}", bound) : tr("at most {}", bound);
    }
  return unit;
}

std::string verdict_text(const Difference& d) {
  switch (d.verdict) {
    case Verdict::better:
      return tr("better");
    case Verdict::worse:
      return tr("worse");
    case Verdict::differs:
      return std::isnan(d.better_chance) ? tr("differs: less mail there") : tr("differs");
    case Verdict::no_difference:
      return tr("no difference worth having");
    case Verdict::same:
      return tr("the same in every run");
    case Verdict::cannot_tell:
      if (d.replications_wanted > 100000) return tr("cannot tell: no difference seen");
      return tr("cannot tell yet: about {} more", std::max<std::int64_t>(1, d.replications_wanted - d.paired.n));
    case Verdict::nothing:
      break;
  }
  return tr("nothing to compare");
}

std::string verdict_shown(const Difference& d) {
  switch (d.verdict) {
    case Verdict::better:
      return in_tone(Tone::good, verdict_text(d));
    case Verdict::worse:
      return in_tone(Tone::bad, verdict_text(d));
    case Verdict::cannot_tell:
      return in_tone(Tone::doubtful, verdict_text(d));
    default:
      return verdict_text(d);
  }
}

std::string replications_text(const ExperimentReport& report) {
  std::string text = report.shown[0] + "\n  " + heading(report) + "\n\n";
  Columns table(
      {"", tr("mean"), tr("{:.4g} % interval", 100 * report.confidence), tr("9 runs of 10 within"), tr("wanted")});
  for (const MeasureReport& m : report.measures) {
    const std::string& unit = m.measure.unit;
    const Interval& found = m.found[0];
    if (found.n == 0 && m.measure.target != none && m.measure.kind != Measure::Kind::days)
      table.row({measure_name(m.measure), tr("nothing to judge"), "", "", m.wanted});
    if (found.n == 0) continue;
    std::string spread;
    if (m.measure.kind != Measure::Kind::days && found.n > 1)
      spread = joined(shown(quantile_interval(m.values[0], 0.05, 0.95).estimate, unit, report.currency),
                      shown(quantile_interval(m.values[0], 0.95, 0.95).estimate, unit, report.currency));
    table.row({measure_name(m.measure), bound_mark(m.bound(0)) + shown(found.estimate, unit, report.currency),
               range(found, unit, report.currency), spread, m.wanted});
  }
  return text + table.text();
}

namespace {

/// One alternative in a few lines: what got better, what worse, what is open.
std::string in_short(const ExperimentReport& report, std::size_t s) {
  std::string better;
  std::string worse;
  std::size_t open = 0;
  std::size_t same = 0;
  for (const MeasureReport& m : report.measures) {
    const Difference& d = m.to_base[s];
    const auto note = [&](std::string& list) {
      list +=
          "\n    " + measure_name(m.measure) + " " + shown_change(d.paired.estimate, m.measure.unit, report.currency);
    };
    if (d.verdict == Verdict::better) note(better);
    if (d.verdict == Verdict::worse) note(worse);
    open += d.verdict == Verdict::cannot_tell ? 1 : 0;
    same += d.verdict == Verdict::same || d.verdict == Verdict::no_difference ? 1 : 0;
  }
  return "\n" + report.shown[s] + "\n  " + (better.empty() ? tr("better: nothing is shown") : tr("better:") + better) +
         "\n  " + (worse.empty() ? tr("worse: nothing is shown") : tr("worse:") + worse) + "\n  " +
         tr_plural("cannot tell yet: {} measure; no difference: {}", "cannot tell yet: {} measures; no difference: {}",
                   static_cast<long>(open), open, same) +
         "\n";
}

}  // namespace

std::string comparison_text(const ExperimentReport& report) {
  std::string text = tr("Base: {}", report.shown[0]) + "\n  " +
                     tr("{}; common random numbers, differences run by run", heading(report)) + "\n";
  for (std::size_t s = 1; s < report.scenarios.size(); ++s) text += in_short(report, s);
  for (const MeasureReport& m : report.measures) {
    const std::string& unit = m.measure.unit;
    const bool nothing = std::all_of(m.found.begin(), m.found.end(), [](const Interval& i) { return i.n == 0; });
    const bool judged = m.measure.target != none && m.measure.kind != Measure::Kind::days;
    if (nothing && !judged) continue;
    text += "\n" + measure_name(m.measure) + (m.wanted.empty() ? "" : " (" + m.wanted + ")") + "\n";
    if (nothing) text += "    " + tr("nothing to judge") + "\n";
    if (nothing) continue;
    Columns table({"", tr("found"), tr("interval"), tr("difference"), tr("interval"), tr("better?"), ""}, true);
    for (std::size_t s = 0; s < report.scenarios.size(); ++s) {
      std::vector<std::string> row = {"  " + report.shown[s],
                                      bound_mark(m.bound(s)) + shown(m.found[s].estimate, unit, report.currency),
                                      range(m.found[s], unit, report.currency)};
      if (s == 0 || m.to_base[s].paired.n == 0) {
        row.insert(row.end(), {"", "", "", s == 0 ? "" : tr("nothing to compare")});
      } else {
        const Difference& d = m.to_base[s];
        const bool same = d.verdict == Verdict::same;
        row.insert(
            row.end(),
            {same ? "" : shown_change(d.paired.estimate, unit, report.currency),
             same ? "" : range_of_change(d, unit, report.currency),
             same || m.measure.better == Better::neither || std::isnan(d.better_chance) ? "" : chance(d.better_chance),
             verdict_shown(d)});
      }
      table.row(std::move(row));
    }
    const std::string lines = table.text();
    text += lines.substr(lines.find('\n') + 1);
  }
  std::vector<double> folds;
  for (const MeasureReport& m : report.measures)
    for (std::size_t s = 1; s < report.scenarios.size(); ++s)
      if (m.to_base[s].variance_ratio > 0) folds.push_back(m.to_base[s].variance_ratio);
  text += "\n" +
          tr("Columns: found [interval], difference to the base [interval], chance that it is better, verdict.") + "\n";
  if (!folds.empty()) {
    std::nth_element(folds.begin(), folds.begin() + static_cast<std::ptrdiff_t>(folds.size() / 2), folds.end());
    text += tr("Common random numbers cut the variance of the differences {}-fold (median).",
               decimal(folds[folds.size() / 2], 1)) +
            "\n";
  }
  if (report.family)
    text += tr("Intervals of differences are those of their verdicts; the {} verdicts hold together at {:.4g} % (Holm "
               "1979).",
               report.compared, 100 * report.confidence) +
            "\n";
  return text;
}

std::string selection_text(const SelectionReport& report) {
  std::string text;
  if (report.certain)
    text =
        tr("Best by {}: {}", measure_name(report.measure), report.scenarios[report.best]) + "\n  " +
        tr("with a probability of at least {:.4g} %, or within {} of the best (Kim and Nelson 2001)",
           100 * report.confidence, shown_change(report.indifference, report.measure.unit, report.currency).substr(1));
  else
    text = tr("Best by {}: not settled within the replications allowed; ahead is {}", measure_name(report.measure),
              report.scenarios[report.best]) +
           "\n  " + tr("to go on, allow more with --most, or call a larger difference worth having");
  text += "\n  " + tr("{} runs in all", report.runs) + "\n\n";
  Columns table({"", tr("mean"), ""}, true);
  for (std::size_t s = 0; s < report.scenarios.size(); ++s)
    table.row({report.scenarios[s],
               bound_mark(report.at_least[s]) + shown(report.mean[s], report.measure.unit, report.currency),
               report.dropped_at[s] > 0             ? tr("dropped after {} replications", report.dropped_at[s])
               : s == report.best && report.certain ? tr("chosen")
                                                    : tr("in the running")});
  const std::string lines = table.text();
  return text + lines.substr(lines.find('\n') + 1);
}

std::map<std::string, std::string> selection_files(const SelectionReport& report) {
  const Speaks english(Language::en);
  const auto outcome = [&](std::size_t s) -> std::string {
    if (report.dropped_at[s] > 0) return "dropped";
    return s == report.best && report.certain ? "chosen" : "in the running";
  };
  Json json = {{"format", 1},
               {"program", std::string("mailflow ") + MAILFLOW_VERSION},
               {"seed", report.seed},
               {"measure", report.measure.name},
               {"unit", report.measure.unit},
               {"confidence", report.confidence},
               {"indifference", report.indifference},
               {"certain", report.certain},
               {"best", report.scenarios[report.best]},
               {"runs", report.runs},
               {"scenarios", Json::array()}};
  Table table("selection", "scenario,measure,unit,mean,outcome,dropped_after,mean_is_at_least");
  for (std::size_t s = 0; s < report.scenarios.size(); ++s) {
    const bool dropped = report.dropped_at[s] > 0;
    json["scenarios"].push_back({{"name", report.scenarios[s]},
                                 {"mean", number_json(report.mean[s])},
                                 {"at_least", static_cast<bool>(report.at_least[s])},
                                 {"outcome", outcome(s)},
                                 {"dropped_after", dropped ? Json(report.dropped_at[s]) : Json()}});
    table.row(report.scenarios[s], report.measure.name, report.measure.unit, report.mean[s], outcome(s),
              dropped ? static_cast<double>(report.dropped_at[s]) : std::nan(""), report.at_least[s] ? "yes" : "no");
  }
  return {{"selection.json", json.dump(1) + "\n"}, {"selection.csv", table.csv()}};
}

namespace {

Json difference(const Difference& d) {
  Json json = interval_json(d.paired);
  json["judged_low"] = number_json(d.judged_low);
  json["judged_high"] = number_json(d.judged_high);
  json["p_value"] = number_json(d.p);
  json["better_chance"] = number_json(d.better_chance);
  json["better_on_replications"] = d.better_on;
  json["worse_on_replications"] = d.worse_on;
  json["variance_ratio_of_common_random_numbers"] = number_json(d.variance_ratio);
  json["verdict"] = verdict_name(d.verdict);
  if (d.verdict == Verdict::cannot_tell) json["replications_wanted"] = d.replications_wanted;
  return json;
}

}  // namespace

Json stood_still_json(const StoodStill& still) {
  const bool any = still.replications > 0;
  return {{"replications", still.replications},
          {"first_in", any ? Json(still.first_in) : Json()},
          {"since", any ? Json(still.since) : Json()},
          {"stations", any ? Json(still.stations) : Json()}};
}

namespace {

Json whole(const ExperimentReport& report) {
  const Speaks english(Language::en);  // files stay as they are whoever reads them
  Json json = {{"format", 1},
               {"program", std::string("mailflow ") + MAILFLOW_VERSION},
               {"seed", report.seed},
               {"replications", report.replications},
               {"confidence", report.confidence},
               {"until_day", report.until_day > 0 ? Json(report.until_day) : Json()},
               {"warm_up_minutes", report.warm_up},
               {"verdicts_judged_together", report.family ? report.compared : 0},
               {"scenarios", Json::array()}};
  for (std::size_t s = 0; s < report.scenarios.size(); ++s) {
    Json one = {{"name", report.scenarios[s]}, {"file", report.files[s]}};
    if (s < report.stood_still.size()) one["stood_still"] = stood_still_json(report.stood_still[s]);
    json["scenarios"].push_back(std::move(one));
  }
  json["measures"] = Json::object();
  for (const MeasureReport& m : report.measures) {
    Json one = {{"label", measure_name(m.measure)}, {"unit", m.measure.unit}};
    if (!m.wanted.empty()) one["wanted"] = m.wanted;
    one["scenarios"] = Json::array();
    for (std::size_t s = 0; s < report.scenarios.size(); ++s) {
      Json found = interval_json(m.found[s]);
      found["at_least"] = m.bound(s);
      if (s > 0) found["difference_to_base"] = difference(m.to_base[s]);
      one["scenarios"].push_back(found);
    }
    json["measures"][m.measure.name] = one;
  }
  return json;
}

}  // namespace

Table measures_table(const std::string& experiment_json) {
  const Json json = Json::parse(experiment_json);
  Table table(
      "measures",
      "measure,unit,scenario,estimate,low,high,deviation,difference,difference_low,difference_high,better_chance,"
      "verdict");
  const auto value = [](const Json& of, const char* key) {
    return of.contains(key) && of[key].is_number() ? of[key].get<double>() : std::nan("");
  };
  for (const auto& [name, m] : json.at("measures").items())
    for (std::size_t s = 0; s < m.at("scenarios").size(); ++s) {
      const Json& i = m.at("scenarios").at(s);
      const Json d = i.value("difference_to_base", Json::object());
      table.row(name, m.at("unit").get<std::string>(), json.at("scenarios").at(s).at("name").get<std::string>(),
                value(i, "estimate"), value(i, "low"), value(i, "high"), value(i, "deviation"), value(d, "estimate"),
                value(d, "low"), value(d, "high"), value(d, "better_chance"), s == 0 ? "base" : d.value("verdict", ""));
    }
  return table;
}

std::map<std::string, std::string> experiment_files(const ExperimentReport& report) {
  Table replications("replications", "scenario,replication,measure,value");
  for (const MeasureReport& m : report.measures)
    for (std::size_t s = 0; s < report.scenarios.size(); ++s)
      for (std::size_t r = 0; r < m.values[s].size(); ++r)
        replications.row(report.scenarios[s], r + 1, m.measure.name, m.values[s][r]);
  const std::string json = whole(report).dump(1) + "\n";
  return {{"experiment.json", json},
          {"measures.csv", measures_table(json).csv()},
          {"replications.csv", replications.csv()}};
}

}  // namespace mailflow
