#include "cli/roster_training.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "cli/exit_status.hpp"
#include "cli/experiment_options.hpp"
#include "cli/tell.hpp"
#include "core/at.hpp"
#include "core/words.hpp"
#include "report/output_folder.hpp"
#include "report/roster_words.hpp"
#include "report/table.hpp"
#include "report/text.hpp"
#include "stats/comparison.hpp"

namespace mailflow::cli {

namespace {

struct Trained {
  Training training;
  bool found = false;  ///< a roster with it
  std::vector<Difference> targets;
};

std::string subject(const RosterTask& task, const Training& t) {
  const std::string name = task.agents[at(t.agent)].name;
  const std::string skill = task.skills[t.skill];
  return t.people > 1 ? tr("{} for {} (or another of {} alike)", skill, name, t.people) : tr("{} for {}", skill, name);
}

std::string saving(const RosterTask& task, double value) {
  return value > 0.5
             ? tr("saves {} {}", grouped(value), task.least == Objective::person_days ? tr("person-days") : task.money)
             : tr("saves nothing");
}

std::string text_of(const RosterTask& task, const std::vector<Trained>& all, const std::vector<Measure>& targets,
                    std::int64_t n, std::size_t tried) {
  std::string text = tr_plural("Where training pays: {} skill tried", "Where training pays: {} skills tried",
                               static_cast<long>(tried), tried);
  text += "\n  " +
          tr("the roster's cost by the solver; targets by {} runs each, common random numbers, 95 % intervals", n) +
          "\n";
  for (const Trained& one : all) {
    text += "\n  " + subject(task, one.training) + ": " + saving(task, one.training.saves) + "\n";
    if (!one.found) {
      text += "      " + tr("no roster was found with it") + "\n";
      continue;
    }
    bool helps = false;
    for (std::size_t t = 0; t < targets.size(); ++t) {
      const Difference& d = one.targets[t];
      if (d.verdict != Verdict::better && d.verdict != Verdict::worse) continue;
      helps = helps || d.verdict == Verdict::better;
      text += "      " + fmt::format("{} {}  {}  {}\n", d.verdict == Verdict::better ? "+" : "-",
                                     name_of(targets[t].label, targets[t].name),
                                     shown_change(d.paired.estimate, targets[t].unit, task.money),
                                     tr("{} to {}", shown_change(d.paired.low, targets[t].unit, task.money),
                                        shown_change(d.paired.high, targets[t].unit, task.money)));
    }
    if (!helps && !targets.empty()) text += "      " + tr("not shown to help any target") + "\n";
  }
  return text;
}

std::string csv_of(const RosterTask& task, const std::vector<Trained>& all, const std::vector<Measure>& targets) {
  Table table("training", "agent,skill,alike,saves,target,unit,difference,low,high");
  for (const Trained& one : all) {
    const std::string agent = task.agents[at(one.training.agent)].name;
    const std::string skill = task.skills[one.training.skill];
    table.row(agent, skill, one.training.people, one.training.saves, "", "", 0.0, 0.0, 0.0);
    for (std::size_t t = 0; t < one.targets.size(); ++t) {
      const Interval& i = one.targets[t].paired;
      table.row(agent, skill, one.training.people, one.training.saves, targets[t].name, targets[t].unit, i.estimate,
                i.low, i.high);
    }
  }
  return table.csv();
}

}  // namespace

int training_command(const RosterRequest& request, const Scenario& scenario, const RosterOptions& planning) {
  const RosterTask& task = *scenario.roster;
  constexpr std::size_t confirmed = 5;
  std::vector<Training> promising = where_training_pays(task, 10, planning);
  const std::size_t tried = trainings(task);
  promising.resize(std::min(confirmed, promising.size()));

  ExperimentRequest experiment_request;
  experiment_request.files = {request.file};
  experiment_request.data_dir = request.data_dir;
  experiment_request.replications = request.replications;
  experiment_request.quiet = request.quiet;
  ExperimentSetup setup(experiment_request);
  Problems told_before;
  if (!setup.load(told_before)) return invalid_input;
  Experiment& experiment = setup.experiment();
  const auto rostered = [&](const RosterTask& with) -> std::shared_ptr<const Model> {
    RosterTask covered = with;
    if (RuleTerm& cover = covered.rules[static_cast<std::size_t>(Rule::cover)]; cover.hard())
      cover.cost = price_of_missing(task);
    const RosterResult result = plan_roster(covered, planning);
    if (!result.found) return nullptr;
    return std::make_shared<const Model>(with_roster(scenario.model, covered, result.roster));
  };
  const auto now = rostered(task);
  if (now == nullptr) return run_failed;
  const std::size_t base = experiment.add("today", now, "");
  std::vector<Trained> all;
  std::vector<std::size_t> scenarios = {base};
  for (const Training& training : promising) {
    Trained one{training, false, {}};
    if (const auto model = rostered(trained(task, training))) {
      one.found = true;
      scenarios.push_back(experiment.add(task.agents[at(training.agent)].name, model, ""));
    }
    all.push_back(one);
  }
  const std::int64_t n = request.replications;
  experiment.extend(scenarios, n);
  setup.clear_progress();
  std::vector<Measure> targets;
  for (const Measure& m : experiment.measures(base))
    if (m.target != none && m.kind == Measure::Kind::mean) targets.push_back(m);
  std::size_t next = 1;
  for (Trained& one : all) {
    if (!one.found) continue;
    for (const Measure& m : targets)
      one.targets.push_back(difference(m.better, experiment.values(base, m.name, n),
                                       experiment.values(scenarios[next], m.name, n), 0.95, 0));
    ++next;
  }
  for (std::size_t t = 0; t < targets.size(); ++t) {
    std::vector<Difference*> family;
    for (Trained& one : all)
      if (one.found) family.push_back(&one.targets[t]);
    judge_together(family, 0.95);
  }
  if (!request.quiet) say("{}", text_of(task, all, targets, n, tried));
  if (!request.out.empty()) {
    write_folder(request.out, {{"training.csv", csv_of(task, all, targets)}});
    if (!request.quiet) say("{}", tr("\n  The table is in {}/{}\n", request.out, "training.csv"));
  }
  return 0;
}

}  // namespace mailflow::cli
