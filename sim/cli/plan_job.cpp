// A plan as its report and files.
#include "cli/plan_job.hpp"

#include <algorithm>
#include <optional>

#include "cli/experiment_options.hpp"
#include "core/words.hpp"
#include "planning/plan_what_if.hpp"
#include "report/experiment_report.hpp"
#include "report/text.hpp"

namespace mailflow::cli {

namespace {

const Measure* measure_of(const std::vector<Measure>& all, TargetIndex target) {
  for (const Measure& m : all)
    if (m.target == target && m.kind == Measure::Kind::mean) return &m;
  return nullptr;
}

/// Items by civil day, of recorded arrivals; empty where others come too.
std::vector<double> items_by_day(const Model& model) {
  std::vector<double> items(model.midnights.size() - 1, 0);
  for (const Source& source : model.sources) {
    if (source.kind != Source::Kind::replay) return {};
    for (const ReplayRow& row : source.rows) {
      const auto after = std::upper_bound(model.midnights.begin(), model.midnights.end(), row.at);
      const auto d = static_cast<std::size_t>(after - model.midnights.begin() - 1);
      if (d < items.size()) items[d] += static_cast<double>(row.items);
    }
  }
  return items;
}

/// One scenario planned.
class Job {
 public:
  Job(const Scenario& asked, Experiment& experiment, const PlannerOptions& options)
      : asked_(asked),
        model_(asked.model),
        experiment_(experiment),
        options_(options),
        planner_(asked.model, asked.plan, experiment, options) {}

  void plan() { plan_ = planner_.plan(); }

  /// In the language spoken now.
  PlanReport told() {
    report_ = {};
    report_.scenario = shown_name(model_);
    report_.currency = model_.currency;
    report_.person_days_least = asked_.plan.minimise == Objective::person_days;
    constexpr const char* words[] = {"holds", "impossible", "not shown", "not found", "priced", "stopped"};
    report_.status = words[static_cast<std::size_t>(plan_.status)];
    report_.has_plan = !plan_.numbers.empty();
    report_.proven = plan_.proven;
    report_.concave = plan_.concave;
    report_.chance = has_chance(model_);
    report_.cost = plan_.cost;
    report_.cover_bound = plan_.cover_bound;
    report_.bound = plan_.bound;
    report_.bound_if_concave = plan_.bound_if_concave;
    report_.gap = plan_.gap;
    report_.days = static_cast<double>(model_.end) / static_cast<double>(day);
    report_.nodes = plan_.nodes;
    report_.parts = static_cast<std::int64_t>(plan_.parts);
    report_.plans_run = static_cast<std::int64_t>(plan_.plans_run);
    report_.replications = plan_.replications;
    report_.numbers = static_cast<std::int64_t>(planner_.open().numbers.size());
    report_.lowered = plan_.lowered;
    report_.confidence = options_.confidence;
    report_.lowest_waits = asked_.plan.then == TieBreak::shortest_waits;
    report_.warms_up = model_.warm_up > 0;
    report_.was_run = plan_.run.has_value();
    measures_ = measures_of(model_);
    prices();
    today();
    standstills();
    targets();
    seats();
    rounds();
    neighbours();
    impossible();
    return report_;
  }

  std::optional<std::size_t> today_shown() const { return today_; }
  std::optional<std::size_t> plan_shown() const { return shown_; }

  std::map<std::string, std::string> files(const PlanPlace& place) const {
    std::map<std::string, std::string> files = {{"plan.json", plan_json(report_)}};
    if (!report_.has_plan) return files;
    files["plan.csv"] = plan_csv(report_);
    files["plan.yaml"] = plan_what_if(place.scenario, place.folder, asked_, planner_.open(), plan_.numbers, place.set);
    return files;
  }

 private:
  /// What the least is made of, and what of it is paid in the days that are counted.
  void prices() {
    if (plan_.numbers.empty()) return;
    const OpenNumbers& open = planner_.open();
    report_.price_of_new = plan_.price_of_new;
    report_.new_shifts = static_cast<int>(new_shifts_used(asked_.plan, open, plan_.numbers).size());
    report_.understaffed = asked_.plan.understaffed;
    report_.price_of_lacks = plan_.price_of_lacks;
    for (const Lack& lack : plan_.lacks) {
      const Station& s = model_.stations[lack.station];
      report_.lacks.push_back({s.name, name_of(s.label, s.name), model_.calendar().to_the_minute(lack.from),
                               model_.calendar().shown(lack.from), lack.agents});
    }
    report_.counted = plan_.cost;
    if (asked_.plan.minimise == Objective::person_days) return;
    for (std::size_t k = 0; k < open.numbers.size(); ++k) {
      const Seat& seat = open.seats[static_cast<std::size_t>(open.numbers[k].seat)];
      const Team& team = model_.teams[seat.team];
      for (const int d : open.numbers[k].duties) {
        const Duty& duty = seat.duties[static_cast<std::size_t>(d)];
        report_.counted -= plan_.numbers[k] * (pay_of(model_, team, duty) - pay_of(model_, team, duty, model_.warm_up));
      }
    }
  }

  /// Stations that come to stand still for ever under the plan.
  void standstills() {
    if (!plan_.run) return;
    const std::size_t s =
        experiment_.add("plan", std::make_shared<const Model>(planner_.model_of(plan_.run->numbers)), "");
    if (experiment_.available(s) < plan_.replications) return;
    report_.stood_still = stood_still(experiment_, s, plan_.replications);
    shown_ = s;
  }

  /// Today's organisation, where the scenario has one: the same runs.
  void today() {
    const bool any = std::any_of(asked_.plan.teams.begin(), asked_.plan.teams.end(),
                                 [&](const PlannedTeam& t) { return model_.teams[t.team].agents > 0; });
    if (!any || !options_.simulate) return;
    today_ = experiment_.add("today", std::make_shared<const Model>(model_), "");
    try {
      experiment_.extend({*today_}, plan_.replications);
    } catch (const ExperimentStopped&) {
      today_.reset();
      return;
    }
    report_.cost_today =
        mean_interval(experiment_.values(*today_, "staff_cost", plan_.replications), options_.confidence);
  }

  void targets() {
    const std::vector<TargetFound>* found = plan_.run ? &plan_.run->targets : nullptr;
    if (!plan_.at_most.empty()) found = &plan_.at_most;
    if (plan_.run) report_.cost_plan = plan_.run->staff_cost;
    if (found == nullptr) return;
    for (const TargetFound& t : *found) {
      const Target& is = model_.targets[t.target];
      PlanTarget target;
      target.measure = *measure_of(measures_, t.target);
      target.wanted = wanted_of(model_, is);
      target.bound = is.bound;
      target.plan = t.value;
      target.holds = t.holds;
      target.missed = t.missed;
      target.helped = t.helped;
      if (today_)
        target.today = measure_interval(
            target.measure, experiment_.values(*today_, target.measure.name, plan_.replications), options_.confidence);
      report_.targets.push_back(target);
    }
  }

  std::string shift_of(const Seat& seat) const {
    return seat.shift < 0 ? "" : asked_.plan.shifts[static_cast<std::size_t>(seat.shift)].name;
  }

  void seats() {
    if (plan_.numbers.empty()) return;
    const OpenNumbers& open = planner_.open();
    report_.person_days = person_days(open, plan_.numbers);
    for (std::size_t s = 0; s < open.seats.size(); ++s) {
      const Seat& seat = open.seats[s];
      const Team& team = model_.teams[seat.team];
      PlanSeatReport row;
      row.team = seat.name;
      row.shift = shift_of(seat);
      row.label = name_of(team.label, team.name);
      row.is_new = seat.shift >= 0 && asked_.plan.shifts[static_cast<std::size_t>(seat.shift)].is_new;
      std::vector<int> agents(seat.duties.size(), 0);
      for (std::size_t k = 0; k < open.numbers.size(); ++k)
        if (open.numbers[k].seat == static_cast<int>(s))
          for (const int d : open.numbers[k].duties) agents[static_cast<std::size_t>(d)] = plan_.numbers[k];
      for (std::size_t d = 0; d < agents.size(); ++d) {
        row.days.push_back({to_string(Date{model_.start.days + seat.duties[d].day}), agents[d]});
        row.person_days += agents[d];
      }
      if (today_ && seat.shift < 0) {
        row.today = 0;
        for (const Duty& duty : team.duties) row.today += team.agents_on(duty);
      }
      report_.seats.push_back(std::move(row));
    }
    load_per_head();
  }

  void load_per_head() {
    const std::vector<double> items = items_by_day(model_);
    std::map<std::string, int> present;
    for (const PlanSeatReport& s : report_.seats)
      for (const auto& d : s.days) present[d.date] += d.agents;
    double all = 0, people = 0;
    for (std::size_t d = 0; d < items.size(); ++d) {
      const int here = present[to_string(Date{model_.start.days + static_cast<int>(d)})];
      if (here == 0) continue;
      const double each = items[d] / here;
      report_.least_per_person = people > 0 ? std::min(report_.least_per_person, each) : each;
      report_.most_per_person = std::max(report_.most_per_person, each);
      all += items[d];
      people += here;
    }
    if (people > 0) report_.items_per_person = all / people;
  }

  std::string number_name(int k) const {
    const OpenNumber& number = planner_.open().numbers[static_cast<std::size_t>(k)];
    const Seat& seat = planner_.open().seats[static_cast<std::size_t>(number.seat)];
    const Team& team = model_.teams[seat.team];
    std::string name = name_of(team.label, team.name);
    if (seat.shift >= 0) name += " " + shift_of(seat);
    if (const std::string when = when_of(model_, asked_.plan, planner_.open(), number); when != "every day")
      name += " " + when_words(when);
    return name;
  }

  void rounds() {
    for (const PlanRound& round : plan_.rounds) {
      PlanRoundReport row{round.cost, round.bound, {}};
      for (const Cut& cut : round.cuts) {
        PlanCutReport c;
        c.target = model_.targets[cut.target].name;
        c.measure = *measure_of(measures_, cut.target);
        c.kind = cut.kind == CutKind::slope ? "slope" : cut.kind == CutKind::one_more ? "one more" : "day";
        for (const TargetFound& t : round.run.targets)
          if (t.target == cut.target) c.found = t.value;
        c.wanted = wanted_of(model_, model_.targets[cut.target]);
        c.agent_hours = cut.agent_hours;
        auto by = cut.per_agent;
        std::stable_sort(by.begin(), by.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
        for (std::size_t i = 0; i < by.size() && i < 3 && by[i].second > 0; ++i)
          c.helps += (i > 0 ? ", " : "") + number_name(by[i].first) + " (" +
                     shown_change(by[i].second, c.measure.unit, model_.currency) + ")";
        if (c.helps.empty())
          c.helps = cut.kind == CutKind::by_day ? model_.calendar().to_the_minute(cut.by) : tr("anybody");
        if (cut.kind == CutKind::by_day) c.by = model_.calendar().shown(cut.by);
        row.cuts.push_back(std::move(c));
      }
      report_.rounds.push_back(std::move(row));
    }
  }

  void neighbours() {
    for (const Neighbour& n : plan_.neighbours) {
      const OpenNumber& number = planner_.open().numbers[static_cast<std::size_t>(n.number)];
      const Seat& seat = planner_.open().seats[static_cast<std::size_t>(number.seat)];
      PlanNeighbour row;
      row.team = seat.name;
      row.when = when_of(model_, asked_.plan, planner_.open(), number);
      row.by = n.by;
      row.cost = n.cost;
      row.value = n.value;
      if (n.breaks != none) {
        row.breaks = model_.targets[n.breaks].name;
        row.measure = *measure_of(measures_, n.breaks);
      }
      report_.neighbours.push_back(std::move(row));
    }
  }

  void impossible() {
    if (!plan_.uncovered) return;
    const Station& s = model_.stations[plan_.uncovered->station];
    report_.worst = tr("Even with the most agents permitted, {} agent-hours at {} cannot be done by {}",
                       grouped(plan_.uncovered->agent_hours, 1), name_of(s.label, s.name),
                       model_.calendar().shown(plan_.uncovered->by));
  }

  const Scenario& asked_;
  const Model& model_;
  Experiment& experiment_;
  PlannerOptions options_;
  Planner planner_;
  StaffPlan plan_;
  PlanReport report_;
  std::vector<Measure> measures_;
  std::optional<std::size_t> today_, shown_;
};

}  // namespace

PlanMade make_plan(const Scenario& asked, Experiment& experiment, const PlannerOptions& options,
                   const PlanPlace& place) {
  Job job(asked, experiment, options);
  PlanMade made;
  job.plan();
  {
    const Speaks french(Language::fr);
    const PlanReport in_french = job.told();
    const Speaks english(Language::en);
    made.page = plan_page_json(job.told(), in_french);
  }
  made.report = job.told();
  made.files = job.files(place);
  made.today = job.today_shown();
  made.plan = job.plan_shown();
  return made;
}

}  // namespace mailflow::cli
