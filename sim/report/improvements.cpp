#include "report/improvements.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <string_view>

#include "core/words.hpp"
#include "metrics/targets.hpp"
#include "report/experiment_json.hpp"
#include "report/experiment_report.hpp"
#include "report/table.hpp"
#include "report/text.hpp"

namespace mailflow {

namespace {

using Json = nlohmann::ordered_json;

bool helps(const Difference& d) { return d.verdict == Verdict::better; }
bool hurts(const Difference& d) { return d.verdict == Verdict::worse; }

/// What a move costs over the run; negative: it saves. Less than a thousandth of the cost is nothing.
double cost_of(const SensitivityReport& report, const MoveReport& move) {
  if (move.cost.verdict == Verdict::same || move.cost.paired.n == 0) return 0;
  const double cost = move.cost.paired.estimate;
  return std::fabs(cost) < report.cost_now / 1000 ? 0 : cost;
}

/// Gain in the target per unit of cost; what costs nothing more comes before all that does, by its gain alone.
std::pair<int, double> worth(const SensitivityReport& report, const MoveReport& move, std::size_t t) {
  const double gain = std::fabs(move.targets[t].paired.estimate);
  const double cost = cost_of(report, move);
  return cost <= 0 ? std::pair(1, gain) : std::pair(0, gain / cost);
}

std::string bounds_explained(const std::string& text) {
  return text.find("≥ ") == std::string::npos
             ? ""
             : tr("≥: at least so long, for mail still here at the end counts with its time so far") + "\n";
}

std::string half_width(const Interval& i, const std::string& unit, const std::string& currency) {
  if (i.n == 0) return "";
  if (!std::isfinite(i.half_width())) return tr("needs 2 runs");
  if (i.alike) return tr("the same in every run");
  return "± " + shown_change(i.half_width(), unit, currency).substr(1);
}

std::string change_of(const Interval& i, const std::string& unit, const std::string& currency) {
  const std::string change = shown_change(i.estimate, unit, currency);
  return std::isfinite(i.half_width()) ? change + "  " + half_width(i, unit, currency) : change;
}

std::string cost_text(const SensitivityReport& report, const MoveReport& move) {
  const double cost = cost_of(report, move) / report.days;
  if (cost == 0) return tr("no more pay or freight");
  return cost < 0 ? tr("saves {} {} a day", grouped(-cost), report.currency)
                  : tr("costs {} {} a day", grouped(cost), report.currency);
}

/// The largest change of a target by any move that is the manager's to make.
double largest_effect(const SensitivityReport& report, std::size_t t) {
  double largest = 0;
  for (const MoveReport& move : report.moves)
    if (!move.of_volume) largest = std::max(largest, std::fabs(move.targets[t].paired.estimate));
  return largest;
}

/// Where nothing is shown: the move most likely to help, and how many replications it would take to tell.
std::string best_open(const SensitivityReport& report, std::size_t t) {
  const MoveReport* best = nullptr;
  const double largest = largest_effect(report, t);
  for (const MoveReport& move : report.moves) {
    const Difference& d = move.targets[t];
    if (d.verdict != Verdict::cannot_tell || d.better_chance < 0.5 || move.of_volume ||
        std::fabs(d.paired.estimate) < largest / 10)
      continue;
    if (best == nullptr || d.better_chance > best->targets[t].better_chance) best = &move;
  }
  if (best == nullptr) return "";
  const Difference& d = best->targets[t];
  return tr("; likeliest: {}, {} ({}, {})", spoken(best->subject), spoken(best->change),
            shown_change(d.paired.estimate, report.targets[t].unit, report.currency), verdict_shown(d));
}

/// A target's value today; nothing where there is nothing to judge.
std::string now(const SensitivityReport& report, std::size_t t) {
  if (report.now[t].n == 0) return tr("nothing to judge");
  return bound_mark(report.at_least[t]) + shown(report.now[t].estimate, report.targets[t].unit, report.currency);
}

std::string one_target(const SensitivityReport& report, std::size_t t, std::size_t most) {
  const Measure& measure = report.targets[t];
  std::string text =
      "\n" + tr("{}: now {}, wanted {}", name_of(measure.label, measure.name), now(report, t), report.wanted[t].text) +
      "\n";
  std::vector<const MoveReport*> good;
  std::vector<const MoveReport*> bad;
  const double largest = largest_effect(report, t);
  for (const MoveReport& move : report.moves) {
    if (move.of_volume || std::fabs(move.targets[t].paired.estimate) < largest / 50) continue;
    if (helps(move.targets[t])) good.push_back(&move);
    if (hurts(move.targets[t])) bad.push_back(&move);
  }
  std::stable_sort(good.begin(), good.end(),
                   [&](auto a, auto b) { return worth(report, *a, t) > worth(report, *b, t); });
  std::stable_sort(bad.begin(), bad.end(), [t](auto a, auto b) {
    return std::fabs(a->targets[t].paired.estimate) > std::fabs(b->targets[t].paired.estimate);
  });
  if (good.empty()) text += "    " + tr("nothing tried is shown to help yet") + best_open(report, t) + "\n";
  Columns table({"", "", "", ""}, true);
  for (std::size_t i = 0; i < std::min(most, good.size()); ++i)
    table.row({"  + " + spoken(good[i]->subject) + ": " + spoken(good[i]->change),
               change_of(good[i]->targets[t].paired, measure.unit, report.currency), "", cost_text(report, *good[i])});
  for (std::size_t i = 0; i < std::min<std::size_t>(3, bad.size()); ++i)
    table.row({"  - " + spoken(bad[i]->subject) + ": " + spoken(bad[i]->change),
               change_of(bad[i]->targets[t].paired, measure.unit, report.currency), "", cost_text(report, *bad[i])});
  for (const MoveReport& move : report.moves)
    if (move.of_volume && (helps(move.targets[t]) || hurts(move.targets[t])))
      table.row({"    " + spoken(move.subject) + " " + spoken(move.change),
                 change_of(move.targets[t].paired, measure.unit, report.currency), "", ""});
  const std::string lines = table.text();
  return text + lines.substr(lines.find('\n') + 1);
}

/// The change of a target by a move that is the worst the replications leave open.
double at_worst(const SensitivityReport& report, const MoveReport& move, std::size_t t) {
  const Difference& d = move.targets[t];
  if (d.verdict == Verdict::same || d.verdict == Verdict::nothing) return 0;
  return report.wanted[t].at_least ? d.judged_low : d.judged_high;
}

/// Whether a target is then lost, or missed by more.
bool endangered(const SensitivityReport& report, const MoveReport& move, std::size_t t) {
  const double change = at_worst(report, move, t);
  const Wanted& wanted = report.wanted[t];
  if (report.now[t].n == 0 || (wanted.at_least ? change >= 0 : change <= 0)) return false;
  return !keeps(report.now[t].estimate + change, wanted.bound, wanted.at_least);
}

/// Moves that save so, the most first.
std::vector<const MoveReport*> saving(const SensitivityReport& report, Saving how) {
  std::vector<const MoveReport*> moves;
  for (const MoveReport& move : report.moves)
    if (saving_of(report, move) == how) moves.push_back(&move);
  std::stable_sort(moves.begin(), moves.end(),
                   [&](auto a, auto b) { return cost_of(report, *a) < cost_of(report, *b); });
  return moves;
}

/// "in doubt: Letters on time, at the worst -3.1 points"; of several the first.
std::string doubt(const SensitivityReport& report, const MoveReport& move) {
  std::size_t t = 0;
  while (t + 1 < report.targets.size() && !endangered(report, move, t)) ++t;
  const std::string name = name_of(report.targets[t].label, report.targets[t].name);
  const double worst = at_worst(report, move, t);
  return std::isfinite(worst)
             ? tr("{}: at the worst {}", name, shown_change(worst, report.targets[t].unit, report.currency))
             : tr("{}: needs 2 runs", name);
}

std::string savings(const SensitivityReport& report) {
  const auto safe = saving(report, Saving::safe);
  const auto unproven = saving(report, Saving::unproven);
  constexpr std::size_t most_unproven = 3;
  std::string text;
  if (safe.empty())
    text += "\n" +
            (unproven.empty() ? tr("No move saves without hurting a target.")
                              : tr("No move is shown to save without losing a target.")) +
            "\n";
  else
    text += "\n" + tr("Saves, and keeps every target even at the worst these replications leave open") + "\n";
  const auto listed = [&](const std::vector<const MoveReport*>& moves, std::size_t most, bool doubtful) {
    Columns table({"", "", "", ""}, true);
    for (std::size_t i = 0; i < std::min(most, moves.size()); ++i)
      table.row({"  " + spoken(moves[i]->subject) + ": " + spoken(moves[i]->change), "", cost_text(report, *moves[i]),
                 doubtful ? doubt(report, *moves[i]) : ""});
    const std::string lines = table.text();
    text += lines.substr(lines.find('\n') + 1);
  };
  if (!safe.empty()) listed(safe, safe.size(), false);
  if (unproven.empty()) return text;
  text += "\n" +
          tr_plural("Saves, but {} replication does not tell whether a target is lost",
                    "Saves, but {} replications do not tell whether a target is lost", report.replications,
                    report.replications) +
          "\n";
  listed(unproven, most_unproven, true);
  if (unproven.size() > most_unproven) text += "  " + tr("and {} more", unproven.size() - most_unproven) + "\n";
  return text;
}

constexpr const char* saving_words[] = {"none", "safe", "unproven"};

}  // namespace

Saving saving_of(const SensitivityReport& report, const MoveReport& move) {
  if (move.of_volume || move.cost.verdict != Verdict::better || cost_of(report, move) >= 0) return Saving::none;
  if (std::any_of(move.targets.begin(), move.targets.end(), hurts)) return Saving::none;
  for (std::size_t t = 0; t < move.targets.size(); ++t)
    if (endangered(report, move, t)) return Saving::unproven;
  return Saving::safe;
}

std::string sensitivity_text(const SensitivityReport& report, std::size_t most) {
  std::string text = tr("{}: {} moves tried, {} replications each, common random numbers", report.scenario,
                        report.moves.size(), report.replications) +
                     "\n  " +
                     tr("+ helps, - hurts; change of the target ± its {:.4g} % half-width; best for its cost first",
                        100 * report.confidence) +
                     "\n";
  for (std::size_t t = 0; t < report.targets.size(); ++t) text += one_target(report, t, most);
  text += savings(report);
  return text + "\n" +
         tr("Of each target, what is listed holds together (Holm 1979). A faster machine or a later flight has its own "
            "price, which the model does not know.") +
         "\n";
}

std::string sensitivity_csv(const SensitivityReport& report) {
  const Speaks english(Language::en);
  Table table("sensitivity",
              "subject,change,target,unit,difference,low,high,better_chance,verdict,cost_difference_a_day");
  for (const MoveReport& move : report.moves)
    for (std::size_t t = 0; t < report.targets.size(); ++t) {
      const Difference& d = move.targets[t];
      table.row(move.subject.en, move.change.en, report.targets[t].name, report.targets[t].unit, d.paired.estimate,
                d.paired.low, d.paired.high, d.better_chance, verdict_text(d), cost_of(report, move) / report.days);
    }
  return table.csv();
}

std::string sensitivity_json(const SensitivityReport& report) {
  Json json = {{"replications", report.replications}, {"confidence", report.confidence}};
  json["targets"] = Json::array();
  for (std::size_t t = 0; t < report.targets.size(); ++t)
    json["targets"].push_back({{"name", report.targets[t].name},
                               {"unit", report.targets[t].unit},
                               {"now", interval_json(report.now[t])},
                               {"at_least", static_cast<bool>(report.at_least[t])}});
  json["moves"] = Json::array();
  for (const MoveReport& move : report.moves) {
    Json one = {{"subject", label_json(move.subject)},
                {"change", label_json(move.change)},
                {"of_volume", move.of_volume},
                {"cost_a_day", cost_of(report, move) / report.days},
                {"saving", saving_words[static_cast<std::size_t>(saving_of(report, move))]}};
    one["targets"] = Json::array();
    for (const Difference& d : move.targets) {
      Json found = interval_json(d.paired);
      found["low"] = number_json(d.judged_low);
      found["high"] = number_json(d.judged_high);
      found["verdict"] = verdict_name(d.verdict);
      one["targets"].push_back(found);
    }
    json["moves"].push_back(one);
  }
  return json.dump();
}

namespace {

/// As files have it.
std::string judgement(const TargetReport& t) {
  if (t.nothing) return "nothing to judge";
  return t.missed ? "missed" : t.met ? "met" : "in doubt";
}

std::string days_met(const Interval& days) {
  if (days.n == 0) return "";
  std::string share = decimal(100 * days.estimate, 0) + " %";
  if (!std::isfinite(days.low)) return share;
  return share + " [" + decimal(100 * days.low, 0) + ", " + decimal(100 * days.high, 0) + "]";
}

}  // namespace

std::string targets_json(const TargetsReport& report) {
  Json json = {{"replications", report.replications}, {"confidence", report.confidence}};
  json["scenarios"] = Json::array();
  for (std::size_t s = 0; s < report.scenarios.size(); ++s) {
    Json one = {{"name", report.scenarios[s]}, {"targets", Json::array()}};
    for (const TargetReport& t : report.targets[s])
      one["targets"].push_back({{"name", t.measure.name},
                                {"unit", t.measure.unit},
                                {"now", interval_json(t.now)},
                                {"at_least", t.at_least},
                                {"days", interval_json(t.days)},
                                {"judgement", judgement(t)},
                                {"easier", t.easier},
                                {"factor", number_json(t.factor)},
                                {"low", number_json(t.low)},
                                {"high", number_json(t.high)},
                                {"carries", label_json(t.carries)},
                                {"interval", label_json(t.interval)},
                                {"binds", label_json(t.binds)}});
    json["scenarios"].push_back(one);
  }
  return json.dump();
}

std::string targets_text(const TargetsReport& report) {
  std::string text = tr_plural("{} replication, {:.4g} % intervals, common random numbers",
                               "{} replications, {:.4g} % intervals, common random numbers", report.replications,
                               report.replications, 100 * report.confidence) +
                     "\n";
  for (std::size_t s = 0; s < report.scenarios.size(); ++s) {
    text += "\n" + report.scenarios[s] + "\n";
    Columns table(
        {"", "", tr("now"), tr("wanted"), tr("days met"), tr("carries volume"), tr("interval"), tr("binds there")},
        true);
    for (const TargetReport& t : report.targets[s]) {
      const std::string& unit = t.measure.unit;
      table.row(
          {name_of(t.measure.label, t.measure.name),
           t.nothing  ? ""
           : t.missed ? tr("MISSED")
           : t.met    ? tr("met")
                      : tr("in doubt"),
           t.nothing ? tr("nothing to judge") : bound_mark(t.at_least) + shown(t.now.estimate, unit, report.currency),
           t.wanted, days_met(t.days), spoken(t.carries), spoken(t.interval), spoken(t.binds)});
    }
    text += table.text();
  }
  return text + "\n" +
         tr("Carries volume: so much of today's volume, all mail alike, until the target breaks in the mean.") + "\n" +
         tr("Missed, met: with confidence. For longest wait, overtime, cost and pace, \"days\" are runs.") + "\n" +
         bounds_explained(text);
}

std::string targets_csv(const TargetsReport& report) {
  Table table("targets",
              "scenario,target,unit,value,low,high,days_met_share,days_met_low,days_met_high,judgement,volume_factor,"
              "volume_factor_low,volume_factor_high,carries,binds,value_is_at_least");
  for (std::size_t s = 0; s < report.scenarios.size(); ++s)
    for (const TargetReport& t : report.targets[s])
      table.row(report.scenarios[s], t.measure.name, t.measure.unit, t.now.estimate, end_told(t.now, t.now.low),
                end_told(t.now, t.now.high), t.days.estimate, t.days.low, t.days.high, judgement(t), t.factor, t.low,
                t.high, t.carries.en, t.binds.en, t.at_least ? "yes" : "no");
  return table.csv();
}

namespace {

/// A row for each point, with a bar from the least to the most, which its heading tells.
std::string sweep_table(const SweepReport& report, std::size_t m, double least, double most) {
  const Measure& measure = report.measures[m];
  std::vector<std::string> header = report.keys;
  const auto mean_text = [&](double v) { return shown(v, measure.unit, report.currency); };
  header.insert(header.end(), {tr("mean"), tr("half-width"),
                               most > least ? tr("{} to {}", mean_text(least), mean_text(most)) : std::string()});
  Columns table(header, true);
  for (const auto& row : report.rows) {
    std::vector<std::string> cells = row.values;
    const Interval& i = row.found[m];
    const double share = most > least ? (i.estimate - least) / (most - least) : 1;
    std::string bar;
    for (int k = 0; k < static_cast<int>(std::lround(share * 20)) + 1; ++k) bar += "▪";
    cells.insert(cells.end(), {bound_mark(row.at_least[m]) + mean_text(i.estimate),
                               half_width(i, measure.unit, report.currency), bar});
    table.row(std::move(cells));
  }
  return "\n" + measure_name(measure) + "\n" + table.text();
}

/// The key that a sweep varies, and what of the centre it is of, where that has a label.
Json varied_json(const Model& model, const std::string& key) {
  Json json = {{"key", key}, {"of", nullptr}};
  const auto among = [&](std::string_view section, const auto& all) {
    for (const auto& one : all)
      if (const std::string start = fmt::format("{}.{}.", section, one.name); key.starts_with(start))
        json["of"] = label_json(one.label, one.name);
  };
  among("products", model.products);
  among("stations", model.stations);
  among("staff.teams", model.teams);
  among("transport.departures", model.departures);
  among("targets", model.targets);
  return json;
}

const char* better_name(Better better) {
  constexpr const char* names[] = {"more", "less", "neither"};
  return names[static_cast<std::size_t>(better)];
}

}  // namespace

std::string sweep_text(const SweepReport& report) {
  std::string text = tr("{}: {} points, {} replications each, {:.4g} % intervals, common random numbers",
                        report.scenario, report.rows.size(), report.replications, 100 * report.confidence) +
                     "\n";
  std::string same;
  for (std::size_t m = 0; m < report.measures.size(); ++m) {
    const Measure& measure = report.measures[m];
    double least = std::numeric_limits<double>::infinity();
    double most = -least;
    bool at_least = false;
    for (const auto& row : report.rows) {
      if (std::isnan(row.found[m].estimate)) continue;
      least = std::min(least, row.found[m].estimate);
      most = std::max(most, row.found[m].estimate);
      at_least = at_least || row.at_least[m];
    }
    if (least > most) continue;
    if ((least == most || same_figure(least, most)) && report.rows.size() > 1)
      same += "  " + measure_name(measure) + ": " + bound_mark(at_least) + shown(most, measure.unit, report.currency) +
              "\n";
    else
      text += sweep_table(report, m, least, most);
  }
  if (!same.empty()) text += "\n" + tr("The same at every point:") + "\n" + same;
  const std::string explained = bounds_explained(text);
  return explained.empty() ? text : text + "\n" + explained;
}

Table sweep_table(const SweepReport& report) {
  std::string columns;
  for (const std::string& key : report.keys) columns += key + ",";
  Table table("sweep", columns + "measure,unit,estimate,low,high,deviation,replications,estimate_is_at_least");
  for (const auto& row : report.rows)
    for (std::size_t m = 0; m < report.measures.size(); ++m) {
      const Interval& i = row.found[m];
      std::vector<Table::Value> cells(row.values.begin(), row.values.end());
      cells.insert(cells.end(),
                   {report.measures[m].name, report.measures[m].unit, i.estimate, end_told(i, i.low),
                    end_told(i, i.high), i.deviation, static_cast<std::int64_t>(i.n), row.at_least[m] ? "yes" : "no"});
      table.add(std::move(cells));
    }
  return table;
}

std::string sweep_json(const SweepReport& report, const Model& model, std::uint64_t seed) {
  const Calendar calendar = model.calendar();
  Json json = {{"scenario", label_json(model.scenario, report.scenario)},
               {"centre", label_json(model.label, model.name)},
               {"file", model.file},
               {"currency", report.currency},
               {"from", calendar.text_with_offset(model.warm_up)},
               {"to", calendar.text_with_offset(model.end)},
               {"seed", seed},
               {"replications", report.replications},
               {"confidence", report.confidence}};
  for (const char* part : {"keys", "measures", "points"}) json[part] = Json::array();
  for (const std::string& key : report.keys) json["keys"].push_back(varied_json(model, key));
  for (const Measure& m : report.measures) {
    const Label label = in_both_languages([&] { return measure_name(m); });
    Json one = {{"name", m.name}, {"label", label_json(label)}, {"unit", m.unit}, {"better", better_name(m.better)}};
    const Target* target = m.target == none ? nullptr : &model.targets[m.target];
    one["bound"] = target == nullptr ? Json() : Json(target->bound);
    one["at_least"] = target == nullptr ? Json() : Json(target->at_least);
    json["measures"].push_back(std::move(one));
  }
  for (const SweepReport::Row& row : report.rows) {
    Json found = Json::array();
    for (std::size_t m = 0; m < row.found.size(); ++m) {
      found.push_back(interval_json(row.found[m]));
      found.back()["at_least"] = static_cast<bool>(row.at_least[m]);
    }
    json["points"].push_back({{"values", row.values}, {"found", std::move(found)}});
  }
  return json.dump();
}

}  // namespace mailflow
