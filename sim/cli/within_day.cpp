#include "cli/within_day.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "centre/simulate.hpp"
#include "cli/exit_status.hpp"
#include "cli/experiment_options.hpp"
#include "cli/progress_line.hpp"
#include "cli/tell.hpp"
#include "core/words.hpp"
#include "experiment/mpi_executor.hpp"
#include "metrics/comparison.hpp"
#include "planning/within_day.hpp"
#include "report/experiment_json.hpp"
#include "report/experiment_report.hpp"
#include "report/output_folder.hpp"
#include "report/table.hpp"
#include "report/text.hpp"
#include "scenario/load.hpp"

namespace mailflow::cli {

namespace {

using Json = nlohmann::ordered_json;
using Kind = WithinDayMove::Kind;

/// An instant as given with an option: a date and time, or a time of day on the run's first day after warm-up (or from
/// `after` on).
std::optional<Ticks> instant_of(const std::string& option, const std::string& text, const Model& model, Ticks after,
                                Problems& problems) {
  const Calendar calendar = model.calendar();
  const auto refuse = [&]() -> std::optional<Ticks> {
    problems.error({}, option + " is \"" + text + "\"; it must be a time of day, or a date and time",
                   "for example " + option + " 02:00, or " + option + " \"2025-03-12 02:00\"");
    return std::nullopt;
  };
  try {
    if (text.size() > 5) return calendar.parse(text);
    for (int d = 0; d < 2; ++d) {
      const Date date{calendar.date_of(after).days + d};
      const Ticks at = calendar.parse(to_string(date) + " " + text);
      if (at >= after) return at;
    }
    return refuse();
  } catch (const std::invalid_argument&) {
    return refuse();
  }
}

/// The plan in words, as JSON and as a table.
class Answer {
 public:
  Answer(const Model& model, const WithinDayPlan& plan, const Experiment& experiment, double confidence)
      : model_(model), plan_(plan), experiment_(experiment), confidence_(confidence), calendar_(model.calendar()) {
    for (const Measure& m : experiment.measures(plan.scenarios[0]))
      if ((m.target >= 0 && m.kind == Measure::Kind::mean) || m.name == "on_time.share" || m.name == "cost")
        measures_.push_back(m);
  }

  std::string text(bool simulated) const {
    std::string text = tr("{}, from {} to {}", name_of(model_.label, model_.name), time(model_.situation.at, true),
                          time(model_.end, true)) +
                       "\n";
    if (simulated) text += tr("  the situation is the one that a run of the scenario comes to by then") + "\n";
    text += "\n";
    if (plan_.loss_before <= 0)
      text += tr("Nothing needs to be done: every target is met as things stand.") + "\n\n";
    else if (plan_.moves.empty())
      text += tr("Nothing that may be done is shown to help the targets.") + "\n\n";
    else
      text += moves();
    text += table();
    text += "\n" + tr_plural("{0} move tried", "{0} moves tried", static_cast<long>(plan_.tried), plan_.tried) + "; " +
            tr("{} replications, {} % intervals, common random numbers", plan_.replications,
               grouped(confidence_ * 100, 0)) +
            "\n";
    if (plan_.stopped) text += tr("Stopped before all was tried: this is the best so far.") + "\n";
    return text;
  }

  std::string json(bool simulated) const {
    Json moves = Json::array();
    for (std::size_t i = 0; i < plan_.moves.size(); ++i) {
      const WithinDayMove& m = plan_.moves[i];
      Json changes = Json::object();
      for (const Measure& measure : measures_) {
        const Difference d = change(measure, i, i + 1);
        changes[measure.name] = interval_json(d.paired);
        changes[measure.name]["verdict"] = verdict_name(d.verdict);
      }
      moves.push_back({{"kind", kind_name(m.kind)},
                       {"what", words(m)},
                       {"team", m.team < 0 ? Json() : Json(key(model_.teams, m.team))},
                       {"station", m.station < 0 ? Json() : Json(key(model_.stations, m.station))},
                       {"departure", m.departure < 0 ? Json() : Json(key(model_.departures, m.departure))},
                       {"agents", m.agents},
                       {"at", calendar_.text_with_offset(m.when)},
                       {"minutes", in_minutes(m.by)},
                       {"decide_by", calendar_.text_with_offset(m.decide_by)},
                       {"changes", std::move(changes)}});
    }
    Json measures = Json::object();
    for (const Measure& m : measures_)
      measures[m.name] = {
          {"unit", m.unit},
          {"wanted",
           m.target < 0 ? Json() : Json(wanted_of(model_, model_.targets[static_cast<std::size_t>(m.target)]))},
          {"nothing_done", interval_json(found(m, 0))},
          {"all_done", interval_json(found(m, plan_.moves.size()))}};
    const Json json = {{"format", 1},
                       {"scenario", name_of(model_.label, model_.name)},
                       {"from", calendar_.text_with_offset(model_.situation.at)},
                       {"until", calendar_.text_with_offset(model_.end)},
                       {"situation_is_simulated", simulated},
                       {"moves_tried", plan_.tried},
                       {"stopped", plan_.stopped},
                       {"replications", plan_.replications},
                       {"confidence", confidence_},
                       {"shortfall", {{"nothing_done", plan_.loss_before}, {"all_done", plan_.loss_after}}},
                       {"measures", std::move(measures)},
                       {"moves", std::move(moves)}};
    return json.dump(2) + "\n";
  }

  std::string csv() const {
    Table table("within_day", "move,kind,team,station,departure,agents,at,minutes,decide_by,what");
    for (std::size_t i = 0; i < plan_.moves.size(); ++i) {
      const WithinDayMove& m = plan_.moves[i];
      table.row(i + 1, kind_name(m.kind), key(model_.teams, m.team), key(model_.stations, m.station),
                key(model_.departures, m.departure), m.agents, Instant{calendar_.text_with_offset(m.when)},
                in_minutes(m.by), Instant{calendar_.text_with_offset(m.decide_by)}, words(m));
    }
    return table.csv();
  }

 private:
  static const char* kind_name(Kind kind) {
    constexpr const char* names[] = {"send", "keep", "call_in", "earlier", "hold", "advance", "add"};
    return names[static_cast<std::size_t>(kind)];
  }
  template <class Things>
  static std::string key(const Things& things, int which) {
    return which < 0 ? std::string() : things[static_cast<std::size_t>(which)].name;
  }

  std::string time(Ticks at, bool with_date = false) const {
    const bool today = calendar_.date_of(at) == calendar_.date_of(model_.situation.at);
    return calendar_.shown(at).substr(with_date || !today ? 0 : 11);
  }
  std::string team(int t) const {
    const Team& is = model_.teams[static_cast<std::size_t>(t)];
    return name_of(is.label, is.name);
  }

  std::string words(const WithinDayMove& m) const {
    const std::string what = m.departure < 0 ? "" : departure(m.departure);
    switch (m.kind) {
      case Kind::send: {
        const Station& s = model_.stations[static_cast<std::size_t>(m.station)];
        const std::string to = name_of(s.label, s.name);
        return m.when <= model_.situation.at
                   ? tr_plural("Now send {0} agent of {1} to {2} first; when nothing waits there, as usual",
                               "Now send {0} agents of {1} to {2} first; when nothing waits there, as usual", m.agents,
                               m.agents, team(m.team), to)
                   : tr_plural("When {1} come at {3}, send {0} agent to {2} first",
                               "When {1} come at {3}, send {0} agents to {2} first", m.agents, m.agents, team(m.team),
                               to, time(m.when));
      }
      case Kind::keep:
        return tr_plural("Keep {0} agent of {1} till {2}, {3} longer; tell them before {4}",
                         "Keep {0} agents of {1} till {2}, {3} longer; tell them before {4}", m.agents, m.agents,
                         team(m.team), time(m.when + m.by), span(in_minutes(m.by)), time(m.decide_by));
      case Kind::call_in:
        return tr_plural("Call in {0} agent more of {1}, to be here at {2}; call by {3}",
                         "Call in {0} agents more of {1}, to be here at {2}; call by {3}", m.agents, m.agents,
                         team(m.team), time(m.when), time(m.decide_by));
      case Kind::earlier:
        return tr("Let {} come at {} instead of {}; tell them by {}", team(m.team), time(m.when - m.by), time(m.when),
                  time(m.decide_by));
      case Kind::hold:
        return tr("Hold {} of {} till {}", what, time(m.when), time(m.when + m.by));
      case Kind::advance:
        return tr("Let {} of {} leave at {}; decide by {}", what, time(m.when), time(m.when - m.by), time(m.decide_by));
      case Kind::add:
        return tr("Put on {} once more at {}", what, time(m.when + m.by));
    }
    return {};
  }
  std::string departure(int d) const {
    const Departure& is = model_.departures[static_cast<std::size_t>(d)];
    return name_of(is.label, is.name);
  }

  static std::string shown_name(const Measure& m) { return m.name == "cost" ? tr("cost") : measure_name(m); }
  Interval found(const Measure& m, std::size_t scenario) const {
    return measure_interval(m, experiment_.values(plan_.scenarios[scenario], m.name, plan_.replications), confidence_);
  }
  Difference change(const Measure& m, std::size_t from, std::size_t to) const {
    return difference(m, experiment_.values(plan_.scenarios[from], m.name, plan_.replications),
                      experiment_.values(plan_.scenarios[to], m.name, plan_.replications), confidence_, 0);
  }
  std::string with_interval(const Difference& d, const std::string& unit) const {
    if (d.verdict == Verdict::same || d.verdict == Verdict::nothing) return tr("no change");
    const auto say = [&](double v) { return shown_change(v, unit, model_.currency); };
    if (d.paired.low == d.paired.high) return say(d.paired.estimate);  // nothing is left to chance
    return tr("{} [{} to {}]", say(d.paired.estimate), say(d.paired.low), say(d.paired.high));
  }

  /// Each move with what it brings on top of those before.
  std::string moves() const {
    std::string text = tr("What to do") + "\n";
    for (std::size_t i = 0; i < plan_.moves.size(); ++i) {
      text += fmt::format("  {}. {}\n", i + 1, words(plan_.moves[i]));
      for (const Measure& m : measures_) {
        const Difference d = change(m, i, i + 1);
        if (d.verdict != Verdict::better && d.verdict != Verdict::worse) continue;
        text += "       " + shown_name(m) + " " + with_interval(d, m.unit) + "\n";
      }
    }
    return text + "\n";
  }

  std::string table() const {
    Columns columns({"", tr("wanted"), tr("if nothing is done"), tr("with all of it"), tr("difference")}, true);
    if (plan_.moves.empty()) columns = Columns({"", tr("wanted"), tr("if nothing is done")}, true);
    for (const Measure& m : measures_) {
      const auto values = [&](std::size_t s) {
        const Interval value = found(m, s);
        return value.n == 0 ? std::string("-") : shown(value.estimate, m.unit, model_.currency);
      };
      const std::string wanted =
          m.target < 0 ? "" : wanted_of(model_, model_.targets[static_cast<std::size_t>(m.target)]);
      std::vector<std::string> row = {"  " + shown_name(m), wanted, values(0)};
      if (!plan_.moves.empty()) {
        row.push_back(values(plan_.moves.size()));
        row.push_back(with_interval(change(m, 0, plan_.moves.size()), m.unit));
      }
      columns.row(row);
    }
    return columns.text();
  }

  const Model& model_;
  const WithinDayPlan& plan_;
  const Experiment& experiment_;
  double confidence_;
  Calendar calendar_;
  std::vector<Measure> measures_;
};

/// The model at the instant asked for, with the situation of a file, of the scenario, or of a run up to then.
std::optional<Model> at_the_instant(const PlanCommandRequest& request, bool& simulated, const std::atomic<bool>& stop,
                                    Problems& problems) {
  auto model = load_scenario(request.file,
                             {request.data_dir, request.seed, std::nullopt, request.set, request.from_state}, problems);
  if (!model) return std::nullopt;
  simulated = !model->situation.given;
  if (simulated && request.from.empty()) {
    problems.error({}, request.file + " has no situation, and nothing says at which instant it is to be planned",
                   "give --from 02:00, or --from-state with a file");
    return std::nullopt;
  }
  if (!request.from.empty()) {
    const auto from = instant_of("--from", request.from, *model, model->warm_up, problems);
    if (!from) return std::nullopt;
    if (*from < 0 || *from >= model->end) {
      problems.error({}, "--from is \"" + request.from + "\"; it must lie within the run");
      return std::nullopt;
    }
    if (!simulated && *from != model->situation.at) {
      problems.error(
          {},
          "--from is \"" + request.from + "\", and the situation is of " + model->calendar().shown(model->situation.at),
          "leave --from out, or state the situation at that time");
      return std::nullopt;
    }
    if (simulated) {
      Situation kept;
      RunOptions options;
      options.seed = model->seed;
      options.situation = &kept;
      options.situation_at = *from;
      options.progress = [&stop](Ticks) {
        if (stop) throw ExperimentStopped();
      };
      Model up_to = *model;
      up_to.end = *from + 1;
      simulate(up_to, options);
      model->situation = kept;
      model->warm_up = *from;
    }
  }
  Ticks until = model->situation.at + day;
  if (!request.until.empty()) {
    const auto given = instant_of("--until", request.until, *model, model->situation.at, problems);
    if (!given) return std::nullopt;
    until = *given;
    if (until <= model->situation.at) {
      problems.error({}, "--until is \"" + request.until + "\"; it must come after " +
                             model->calendar().shown(model->situation.at) + ", from which the plan is");
      return std::nullopt;
    }
  }
  model->end = std::min(model->end, until);
  for (Target& target : model->targets)
    std::erase_if(target.samples, [&](Ticks t) { return t < model->situation.at || t > model->end; });
  return model;
}

int none_found() {
  tell("mailflow: stopped before a plan was found\n");
  return 0;
}

}  // namespace

int within_day_command(const PlanCommandRequest& request, const std::atomic<bool>& stop) {
  Problems problems;
  bool simulated = false;
  std::optional<Model> model;
  try {
    model = at_the_instant(request, simulated, stop, problems);
  } catch (const ExperimentStopped&) {
    return none_found();
  }
  tell_problems(problems, request.quiet);
  if (!model) throw UnusableInput(request.file + " cannot be planned");
  if (!request.out.empty()) check_results(request.out, ResultsKind::within_day);
  const auto executor = make_executor(request.threads);
  Experiment experiment(*executor, nullptr, model->seed, {});
  WithinDayOptions options;
  if (request.replications > 0) options.proved = std::max<std::int64_t>(2, request.replications);
  options.stop = &stop;
  ProgressLine line(!request.quiet && executor->leads());
  options.progress = [&](std::size_t done, std::size_t wanted, double loss) {
    line.say([&] {
      return fmt::format("{} of about {} moves tried; shortfall of the best so far {:.3f}", done, wanted, loss);
    });
  };
  const WithinDayPlan plan = plan_within_day(*model, model->within_day, experiment, options);
  line.clear();
  if (!executor->leads()) return 0;
  if (plan.scenarios.empty()) return none_found();
  const Answer answer(*model, plan, experiment, (request.confidence > 0 ? request.confidence : 95) / 100);
  if (!request.out.empty())
    write_folder(request.out, {{"within_day.json", answer.json(simulated)}, {"within_day.csv", answer.csv()}});
  if (!request.quiet) std::fputs(answer.text(simulated).c_str(), stdout);
  if (!request.quiet && !request.out.empty())
    std::fputs(tr("\n  The plan is in {}\n", request.out + "/within_day.csv").c_str(), stdout);
  return 0;
}

}  // namespace mailflow::cli
