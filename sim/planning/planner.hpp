// Plans staff: the least cost that keeps every target, proved by simulation.
//
// The search starts from the cover's own plan (planning/cover.hpp), run with common random numbers. Where that misses a
// target the cover is made harder, step by step: first less may be late, then there is more work than there will be;
// the easiest that keeps the targets is the first plan known to (planner_start.cpp), and what is found never costs
// more.
//
// Then in rounds: where a target is not shown to hold, add what the runs taught as a row, and solve again; until all
// hold, or nothing permitted can make them hold. At last agents are taken off one at a time where all targets still
// hold (the best of all up to 12 numbers, else each number in turn); up to 12 numbers are exchanged for cheaper ones
// (up to 8: two against one).
//
// Where agents may lack at a price (`understaffed`), the cover alone decides, and the plan is run to tell its targets.
//
// The rows are the cutting planes of J. Atlason, M. A. Epelman and S. G. Henderson ("Call center staffing with
// simulation and cutting plane methods", Annals of Operations Research 127, 2004): the mean of a target over the
// replications, as a function of the numbers, is supposed concave; its slope at a plan is found by one agent more in
// each number, and a plan that keeps the target lies above that slope. As they ask, concavity is tested on all plans
// run so far: a linear program seeks a slope near the one found that all of them agree with. Where there is none the
// target is not concave there, and the row asks only for one agent more than this plan somewhere (right where more
// agents never harm). From the second round on the solver has the rows of numbers alone, what the
// cover costs at least, and the hours that each skill needs in all: the runs say more than the cover does. With more
// than 12 numbers (weeks by date), what was late on a day comes on top of the work of the last
// step before it was due, twice as much each time the day is missed again: first other shifts for as many people, then
// more people. That is a margin, not a bound; the bound is then the cover's.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "experiment/experiment.hpp"
#include "planning/cover.hpp"
#include "planning/staff_plan.hpp"

namespace mailflow {

struct TargetFound {
  TargetIndex target;
  Interval value;
  bool holds = false;   ///< shown to, with the confidence asked for
  bool missed = false;  ///< shown not to; neither: the replications do not tell
  bool helped = false;  ///< more agents can only help it
  double slack = 0;     ///< from the bound to the interval's end that matters; below 0: not shown to hold
};

/// A plan that was run.
struct PlanRun {
  std::vector<int> numbers;
  std::vector<TargetFound> targets;
  Interval staff_cost;  ///< over the run's window
  Interval total_cost;
  bool holds() const;
};

enum class CutKind : std::uint8_t { slope, one_more, by_day };
struct Cut {
  TargetIndex target;
  CutKind kind = CutKind::slope;
  double shortfall = 0;                           ///< of the target, in its unit
  std::vector<std::pair<int, double>> per_agent;  ///< slope: open number, what one agent more brings
  Ticks by = 0;                                   ///< day: by when
  double agent_hours = 0;                         ///< day: asked for beyond the plan's
};

struct PlanRound {
  PlanRun run;
  double cost = 0, bound = 0;
  std::vector<Cut> cuts;
};

enum class PlanStatus : std::uint8_t {
  holds,       ///< all targets are shown to hold
  impossible,  ///< no permitted plan can make them hold
  not_shown,   ///< not even with every number at its most do the replications show them to hold, or not to
  not_found,   ///< none was found within the rounds permitted
  priced,      ///< agents may lack at a price, and a target is missed, which then need not hold
  stopped      ///< the planner was stopped: the best so far; without a run where none was known to hold
};

/// One number lower or higher than the plan's.
struct Neighbour {
  int number = -1;
  int by = 0;
  double cost = 0;     ///< difference
  TargetIndex breaks;  ///< target that is then not shown to hold
  Interval value;      ///< of that target
};

struct StaffPlan {
  PlanStatus status = PlanStatus::not_found;
  std::vector<int> numbers;  ///< empty: there is none
  double cost = 0;           ///< by the program: expected pay, prices of new shifts; or agents times duties
  double cover_bound = 0;    ///< of the curve of work alone
  double bound = 0;          ///< with what the runs taught, if more agents never harm
  double bound_if_concave = std::numeric_limits<double>::quiet_NaN();  ///< if besides the targets are concave; NaN: not
                                                                       ///< known, or they are not
  std::vector<Lack> lacks;                                             ///< who lacks, at a price
  double price_of_lacks = 0;                                           ///< part of `cost`
  double price_of_new = 0;                                             ///< likewise: of new shifts
  double gap = 0;
  bool proven = false;  ///< the gap is within the one asked for, and the solver closed its own in every round
  bool concave = true;  ///< the test never failed
  std::int64_t nodes = 0;
  std::size_t parts = 1;  ///< programs that share nothing
  int lowered = 0;        ///< steps to cheaper staff after the last round
  std::vector<PlanRound> rounds;
  std::optional<PlanRun> run;         ///< of the plan
  std::vector<Neighbour> neighbours;  ///< of few numbers
  std::optional<Uncovered> uncovered;
  std::vector<TargetFound> at_most;  ///< impossible and not shown: the targets with every number at its most
  std::size_t plans_run = 0;
  std::int64_t replications = 0;
};

struct PlannerProgress {
  enum class Doing : std::uint8_t { solving, running, lowering };
  Doing doing = Doing::solving;
  int round = 1;
  double best = 0, bound = 0, gap = 0;
  std::int64_t nodes = 0;
};

struct PlannerOptions {
  double confidence = 0.95;
  std::int64_t replications = 20;
  int rounds = 60;
  double gap = 0;
  bool simulate = true;  ///< false: the cover's plan, unproved
  const std::atomic<bool>* stop = nullptr;
  std::function<void(const PlannerProgress&)> progress;
};

/// Whether two replications of a model may differ.
bool has_chance(const Model& model);

class Planner {
 public:
  /// None is owned; all outlive the planner. `request` says what is open.
  Planner(const Model& model, const PlanRequest& request, Experiment& experiment, PlannerOptions options);
  StaffPlan plan();
  const OpenNumbers& open() const { return open_; }
  Model model_of(const std::vector<int>& numbers) const { return with_plan(model_, open_, numbers); }

 private:
  struct Slope {
    std::vector<double> found;  ///< per open number
    bool agrees = false;        ///< with all plans run
  };
  bool stopped() const { return options_.stop != nullptr && options_.stop->load(); }
  void tell(PlannerProgress::Doing doing);
  bool solve();
  MixedOptions solving() const;
  // planner_start.cpp
  std::vector<int> start(const std::vector<int>& covering, std::optional<std::vector<int>>& best);
  std::optional<std::vector<int>> cover_at(int level);
  void lower_in_turn(std::vector<int>& numbers);
  std::vector<const PlanRun*> run(const std::vector<std::vector<int>>& plans);
  const PlanRun& run_one(const std::vector<int>& numbers) { return *run({numbers})[0]; }
  TargetFound judge(std::size_t scenario, TargetIndex target) const;
  // planner_cuts.cpp: what runs teach
  void learn(const PlanRun& run, PlanRound& round);
  Slope slope(const PlanRun& run, TargetIndex target);
  void cut_by_slope(const PlanRun& run, const TargetFound& missed, const Slope& slope, PlanRound& round);
  void cut_one_more(const PlanRun& run, const TargetFound& missed, const Slope& slope, PlanRound& round);
  void cut_by_day(const PlanRun& run, PlanRound& round);
  void raise_margins(const std::map<int, double>& by);
  bool halve_margins();
  bool beyond_all();
  bool single_seats() const;
  bool few() const;
  void lower(std::vector<int>& numbers);
  bool take_best(const std::vector<std::vector<int>>& tries, std::vector<int>& numbers);
  std::vector<std::vector<int>> promising(const PlanRun& here, const std::vector<std::vector<int>>& tries);
  std::size_t scenario_of(const std::vector<int>& numbers);
  bool one_fewer(std::vector<int>& numbers);
  bool exchange(std::vector<int>& numbers);
  std::vector<int> approach(const std::vector<int>& covering, std::optional<std::vector<int>>& best);
  bool helped(TargetIndex target) const;
  bool kept(const PlanRun& run) const;
  void look_around();
  double cost_of(const std::vector<int>& numbers) const { return pay(numbers) + price_of_new(numbers); }
  double pay(const std::vector<int>& numbers) const;
  double price_of_new(const std::vector<int>& numbers) const;
  bool search();  // planner_search.cpp, as what follows the search
  StaffPlan priced(const std::vector<int>& covering);
  void settle();
  void keep_the_numbers();

  const Model& model_;
  const PlanRequest& request_;
  Experiment& experiment_;
  PlannerOptions options_;
  OpenNumbers open_;
  Demand demand_;
  Cover cover_;
  MixedProgram program_;  ///< the cover, or what is kept of it, and all rows learnt
  MixedProgram sure_;     ///< the same, without those that suppose concavity
  std::map<std::vector<int>, PlanRun> runs_;
  std::map<int, double> margins_;                      ///< agent-hours that missed days have added to rows of the cover
  std::map<int, double> raised_;                       ///< in the last round
  bool leaned_ = false;                                ///< on a row that concavity does not give
  std::map<std::vector<int>, std::size_t> scenarios_;  ///< of the experiment
  MixedSolution now_;
  std::optional<std::vector<int>> best_;  ///< the cheapest plan known to hold
  std::vector<int> next_;                 ///< the program's last
  StaffPlan result_;
};

}  // namespace mailflow
