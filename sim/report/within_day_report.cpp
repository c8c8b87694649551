#include "report/within_day_report.hpp"

#include <fmt/format.h>

#include "core/words.hpp"
#include "report/experiment_json.hpp"
#include "report/experiment_report.hpp"
#include "report/table.hpp"
#include "report/text.hpp"

namespace mailflow {

namespace {

using Json = nlohmann::ordered_json;

/// The words of a report's steps and figures.
class WithinDayWords {
 public:
  WithinDayWords(const Model& model, const WithinDayReport& report)
      : model_(model), report_(report), calendar_(model.calendar()) {}

  std::string time(Ticks at, bool with_date = false) const {
    const bool today = calendar_.date_of(at) == calendar_.date_of(model_.situation.at);
    return with_date || !today ? calendar_.shown(at) : calendar_.shown_time(at);
  }

  std::string step(const WithinDayStep& s) const {
    using Kind = WithinDayStep::Kind;
    const std::string who = named(model_.teams, s.team);
    const std::string what = named(model_.departures, s.departure);
    switch (s.kind) {
      case Kind::send: {
        const std::string to = named(model_.stations, s.station);
        return s.when <= model_.situation.at
                   ? tr_plural("Now send {0} agent of {1} to {2} first; when nothing waits there, as usual",
                               "Now send {0} agents of {1} to {2} first; when nothing waits there, as usual", s.agents,
                               s.agents, who, to)
                   : tr_plural("When {1} come at {3}, send {0} agent to {2} first",
                               "When {1} come at {3}, send {0} agents to {2} first", s.agents, s.agents, who, to,
                               time(s.when));
      }
      case Kind::keep:
        return tr_plural("Keep {0} agent of {1} till {2}, {3} longer; tell them {4}",
                         "Keep {0} agents of {1} till {2}, {3} longer; tell them {4}", s.agents, s.agents, who,
                         time(s.when + s.by), span(in_minutes(s.by)), decide(s));
      case Kind::call_in:
        return tr_plural("Call in {0} agent more of {1}, to be here at {2}; call {3}",
                         "Call in {0} agents more of {1}, to be here at {2}; call {3}", s.agents, s.agents, who,
                         time(s.when), decide(s));
      case Kind::earlier:
        return tr("Let {} come at {} instead of {}; tell them {}", who, time(s.when - s.by), time(s.when), decide(s));
      case Kind::hold:
        return tr("Hold {} of {} till {}", what, time(s.when), time(s.when + s.by));
      case Kind::advance:
        return tr("Let {} of {} leave at {}; decide {}", what, time(s.when), time(s.when - s.by), decide(s));
      case Kind::add:
        return tr("Put on {} once more at {}", what, time(s.when + s.by));
    }
    return {};
  }

  /// By when: at once where no time is left.
  std::string decide(const WithinDayStep& s) const {
    return s.decide_by <= model_.situation.at ? tr("at once") : tr("before {}", time(s.decide_by));
  }

  static std::string measure(const Measure& m) { return m.name == "cost" ? tr("cost") : measure_name(m); }
  std::string wanted(const Measure& m) const {
    return m.target == none ? "" : wanted_of(model_, model_.targets[m.target]);
  }
  std::string change(const Difference& d, const std::string& unit) const {
    if (d.verdict == Verdict::same || d.verdict == Verdict::nothing) return tr("no change");
    const auto say = [&](double v) { return shown_change(v, unit, model_.currency); };
    if (d.paired.low == d.paired.high) return say(d.paired.estimate);  // nothing is left to chance
    return tr("{} [{} to {}]", say(d.paired.estimate), say(d.paired.low), say(d.paired.high));
  }

  /// Each step with what it brings on top of those before.
  std::string steps() const {
    std::string text = tr("What to do") + "\n";
    for (std::size_t i = 0; i < report_.steps.size(); ++i) {
      text += fmt::format("  {}. {}\n", i + 1, step(report_.steps[i]));
      for (std::size_t m = 0; m < report_.measures.size(); ++m) {
        const Difference& d = report_.steps[i].changes[m];
        if (d.verdict == Verdict::better || d.verdict == Verdict::worse)
          text += "       " + measure(report_.measures[m]) + " " + change(d, report_.measures[m].unit) + "\n";
      }
    }
    return text + "\n";
  }

  std::string table() const {
    const bool any = !report_.steps.empty();
    std::vector<std::string> header = {"", tr("wanted"), tr("if nothing is done")};
    if (any) header.insert(header.end(), {tr("with all of it"), tr("difference")});
    Columns columns(header, true);
    for (std::size_t i = 0; i < report_.measures.size(); ++i) {
      const Measure& m = report_.measures[i];
      const auto value = [&](const Interval& found) {
        return found.n == 0 ? std::string("-") : shown(found.estimate, m.unit, model_.currency);
      };
      std::vector<std::string> row = {"  " + measure(m), wanted(m), value(report_.nothing_done[i])};
      if (any) row.insert(row.end(), {value(report_.all_done[i]), change(report_.difference[i], m.unit)});
      columns.row(row);
    }
    return columns.text();
  }

 private:
  template <class Of>
  static std::string named(const Rows<Of>& things, Index<Of> which) {
    if (which == none) return {};
    const Of& is = things[which];
    return name_of(is.label, is.name);
  }

  const Model& model_;
  const WithinDayReport& report_;
  Calendar calendar_;
};

const char* kind_name(const WithinDayStep& step) {
  constexpr const char* names[] = {"send", "keep", "call_in", "earlier", "hold", "advance", "add"};
  return names[static_cast<std::size_t>(step.kind)];
}

template <class Of>
std::string key_of(const Rows<Of>& things, Index<Of> which) {
  return which == none ? std::string() : things[which].name;
}

Json change_json(const Difference& difference) {
  Json json = interval_json(difference.paired);
  json["verdict"] = verdict_name(difference.verdict);
  return json;
}

}  // namespace

std::vector<std::string> within_day_steps(const Model& model, const WithinDayReport& report) {
  const WithinDayWords words(model, report);
  std::vector<std::string> steps;
  for (const WithinDayStep& step : report.steps) steps.push_back(words.step(step));
  return steps;
}

std::string within_day_page_json(const Model& model, const WithinDayReport& report) {
  Json json = Json::parse(within_day_json(model, report));
  for (const auto& [language, key] : {std::pair{Language::fr, "fr"}, std::pair{Language::en, "en"}}) {
    const Speaks speaks(language);
    const WithinDayWords words(model, report);
    for (std::size_t i = 0; i < report.steps.size(); ++i) {
      Json& what = json["moves"][i]["what"];
      if (!what.is_object()) what = Json::object();
      what[key] = words.step(report.steps[i]);
    }
  }
  return json.dump();
}

std::string within_day_text(const Model& model, const WithinDayReport& report) {
  const WithinDayWords words(model, report);
  std::string text = tr("{}, from {} to {}", name_of(model.label, model.name), words.time(model.situation.at, true),
                        words.time(model.end, true)) +
                     "\n";
  if (report.simulated) text += tr("  the situation is the one that a run of the scenario comes to by then") + "\n";
  text += "\n";
  if (report.loss_before <= 0)
    text += tr("Nothing needs to be done: every target is met as things stand.") + "\n\n";
  else if (report.steps.empty())
    text += tr("Nothing that may be done is shown to help the targets.") + "\n\n";
  else
    text += words.steps();
  text += words.table();
  text += "\n" + tr_plural("{0} move tried", "{0} moves tried", static_cast<long>(report.tried), report.tried) + "; " +
          tr("{} replications, {} % intervals, common random numbers", report.replications,
             grouped(report.confidence * 100, 0)) +
          "\n";
  if (report.stopped) text += tr("Stopped before all was tried: this is the best so far.") + "\n";
  return text;
}

std::string within_day_json(const Model& model, const WithinDayReport& report) {
  const WithinDayWords words(model, report);
  const Calendar calendar = model.calendar();
  const auto key = [](const auto& things, auto which) { return which == none ? Json() : Json(key_of(things, which)); };
  Json moves = Json::array();
  for (const WithinDayStep& s : report.steps) {
    Json changes = Json::object();
    for (std::size_t m = 0; m < report.measures.size(); ++m)
      changes[report.measures[m].name] = change_json(s.changes[m]);
    moves.push_back({{"kind", kind_name(s)},
                     {"what", words.step(s)},
                     {"team", key(model.teams, s.team)},
                     {"station", key(model.stations, s.station)},
                     {"departure", key(model.departures, s.departure)},
                     {"agents", s.agents},
                     {"at", calendar.text_with_offset(s.when)},
                     {"minutes", in_minutes(s.by)},
                     {"decide_by", calendar.text_with_offset(s.decide_by)},
                     {"changes", std::move(changes)}});
  }
  Json measures = Json::object();
  for (std::size_t i = 0; i < report.measures.size(); ++i) {
    const Measure& m = report.measures[i];
    measures[m.name] = {{"unit", m.unit},
                        {"wanted", m.target == none ? Json() : Json(words.wanted(m))},
                        {"nothing_done", interval_json(report.nothing_done[i])},
                        {"all_done", interval_json(report.all_done[i])},
                        {"change", change_json(report.difference[i])}};
  }
  Json departures = Json::object();
  for (const WithinDayDeparture& d : report.departures)
    departures[key_of(model.departures, d.departure)] = {{"nothing_done", interval_json(d.nothing_done)},
                                                         {"all_done", interval_json(d.all_done)},
                                                         {"change", change_json(d.difference)}};
  const Json json = {{"format", 1},
                     {"scenario", name_of(model.label, model.name)},
                     {"from", calendar.text_with_offset(model.situation.at)},
                     {"until", calendar.text_with_offset(model.end)},
                     {"situation_is_simulated", report.simulated},
                     {"moves_tried", report.tried},
                     {"stopped", report.stopped},
                     {"replications", report.replications},
                     {"confidence", report.confidence},
                     {"shortfall", {{"nothing_done", report.loss_before}, {"all_done", report.loss_after}}},
                     {"measures", std::move(measures)},
                     {"departures", std::move(departures)},
                     {"moves", std::move(moves)}};
  return json.dump(2) + "\n";
}

std::string within_day_csv(const Model& model, const WithinDayReport& report) {
  const WithinDayWords words(model, report);
  const Calendar calendar = model.calendar();
  Table table("within_day", "move,kind,team,station,departure,agents,at,minutes,decide_by,what");
  for (std::size_t i = 0; i < report.steps.size(); ++i) {
    const WithinDayStep& s = report.steps[i];
    table.row(i + 1, kind_name(s), key_of(model.teams, s.team), key_of(model.stations, s.station),
              key_of(model.departures, s.departure), s.agents, Instant{calendar.text_with_offset(s.when)},
              in_minutes(s.by), Instant{calendar.text_with_offset(s.decide_by)}, words.step(s));
  }
  return table.csv();
}

}  // namespace mailflow
