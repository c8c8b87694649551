// What a plan of the staff says, for the terminal, as JSON and as CSV.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "metrics/measure.hpp"
#include "report/experiment_report.hpp"
#include "stats/interval.hpp"

namespace mailflow {

/// A target in today's organisation and in the plan.
struct PlanTarget {
  Measure measure;
  std::string wanted;
  double bound = 0;
  Interval today;       ///< n 0: today was not run
  Interval plan;        ///< n 0: there is no plan
  bool holds = false;   ///< shown to
  bool missed = false;  ///< shown not to; neither: the replications do not tell
  bool helped = false;  ///< more agents can only help it
};

/// What one round asked for.
struct PlanCutReport {
  std::string target;  ///< its key
  Measure measure;     ///< of the target
  std::string kind;    ///< "slope", "one more", "day"
  Interval found;
  std::string wanted;
  std::string helps;  ///< who helps most, in words; or by which instant
  std::string by;     ///< that instant, as people write it
  double agent_hours = 0;
};
struct PlanRoundReport {
  double cost = 0, bound = 0;
  std::vector<PlanCutReport> cuts;
};

/// A team on a shift: its agents, duty by duty.
struct PlanSeatReport {
  std::string team, shift, label;
  bool is_new = false;
  bool open = true;
  struct Day {
    std::string date;
    int agents = 0;
  };
  std::vector<Day> days;
  std::int64_t person_days = 0;
  std::int64_t today = -1;  ///< person-days today; -1: not compared
};

struct PlanNeighbour {
  std::string team, shift, when;
  int by = 0;
  double cost = 0;
  std::string breaks;  ///< key of the target; empty: none
  Measure measure;     ///< of the target
  Interval value;
};

struct PlanReport {
  std::string scenario, status, currency;  ///< "holds", "impossible", "not shown", "not found", "priced", "stopped"
  bool person_days_least = false;          ///< else cost
  bool has_plan = false;
  bool was_run = false;  ///< else nothing is known of its targets
  bool proven = false, concave = true, chance = true, lowest_waits = false;
  double cost = 0, cover_bound = 0, bound = 0, gap = 0,
         bound_if_concave = 0;  ///< in person-days or currency, over the run
  double days = 1;              ///< of the run
  std::int64_t person_days = 0;
  std::int64_t nodes = 0, parts = 1, plans_run = 0, replications = 0, numbers = 0;
  int lowered = 0;
  double confidence = 0.95;
  Interval cost_today, cost_plan;  ///< staff, of the runs' window: what is counted
  double price_of_new = 0;         ///< part of `cost`: of new shifts
  int new_shifts = 0;
  double counted = 0;  ///< `cost` without what is paid in the warm-up, to be held against `cost_plan`
  bool warms_up = false;
  double understaffed = -1;   ///< price of an agent who lacks for a slot; below 0: nobody may
  double price_of_lacks = 0;  ///< part of `cost`
  struct Lack {
    std::string station, label, from, from_words;
    double agents = 0;
  };
  std::vector<Lack> lacks;
  double items_per_person = 0, least_per_person = 0, most_per_person = 0;  ///< a day; 0: not known
  bool holds() const { return has_plan && status == "holds"; }
  std::string worst;       ///< impossible: what cannot be done, in words
  StoodStill stood_still;  ///< of the plan's runs
  std::vector<PlanTarget> targets;
  std::vector<PlanSeatReport> seats;
  std::vector<PlanRoundReport> rounds;
  std::vector<PlanNeighbour> neighbours;
};

std::string plan_text(const PlanReport& report);
std::string plan_json(const PlanReport& report);
/// The same for the report's page, in both languages: of one plan, told in each.
std::string plan_page_json(const PlanReport& english, const PlanReport& french);
/// date, team, shift, agents: a row a duty, as `agents: plan.csv` reads it.
std::string plan_csv(const PlanReport& report);

/// A line for each of several plans made in one go.
std::string plans_text(const std::string& key, const std::vector<std::string>& values,
                       const std::vector<PlanReport>& plans);
/// plans.csv: a row a value; days.csv: a row a value and day.
std::string plans_csv(const std::string& key, const std::vector<std::string>& values,
                      const std::vector<PlanReport>& plans);
std::string plan_days_csv(const std::string& key, const std::vector<std::string>& values,
                          const std::vector<PlanReport>& plans);

}  // namespace mailflow
