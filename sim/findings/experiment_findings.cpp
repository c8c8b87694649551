#include "findings/experiment_findings.hpp"

#include <cmath>
#include <filesystem>

#include "centre/simulate.hpp"
#include "core/words.hpp"
#include "metrics/mail_there.hpp"
#include "report/summary.hpp"
#include "report/text.hpp"

namespace mailflow {

std::string shown_name(const Model& model) {
  const std::string label = name_of(model.scenario, "");
  return label.empty() ? std::filesystem::path(model.file).stem().string() : label;
}

StoodStill stood_still(const Experiment& experiment, std::size_t scenario, std::int64_t n) {
  StoodStill found;
  const std::vector<double> after = experiment.values(scenario, "stands_still_after_minutes", n);
  std::size_t first = after.size();
  for (std::size_t r = 0; r < after.size(); ++r) {
    if (std::isnan(after[r])) continue;
    ++found.replications;
    if (first == after.size() || after[r] < after[first]) first = r;
  }
  if (found.replications == 0) return found;
  const Model& model = experiment.model(scenario);
  RunOptions options;
  options.seed = experiment.seed();
  options.replication = first + 1;
  const auto all = simulate(model, options).standstills;
  found.first_in = first + 1;
  found.since = model.calendar().text_with_offset(all.front().since);
  for (const StationIndex s : all.front().stations) found.stations.push_back(model.stations[s].name);
  found.words = tr("{}: in {} of {} replications stations stand still for ever; first in replication {}",
                   shown_name(model), found.replications, n, first + 1) +
                "\n" + standstill_lines(model, all) + "\n";
  return found;
}

std::string standstills_text(const Experiment& experiment, std::size_t scenario, std::int64_t n) {
  return stood_still(experiment, scenario, n).words;
}

void compare_all(ExperimentReport& report) {
  std::vector<Difference*> family;
  for (MeasureReport& m : report.measures)
    for (std::size_t s = 1; s < report.scenarios.size(); ++s) {
      Difference& d = m.to_base[s];
      if (d.verdict == Verdict::same || d.verdict == Verdict::nothing) continue;
      family.push_back(&d);
    }
  report.compared = family.size();
  report.family = family.size() > 1;
  if (report.family) judge_together(family, report.confidence);
}

ExperimentReport report_of(const Experiment& experiment, const std::vector<std::size_t>& measures, std::int64_t n,
                           const ReportOptions& options) {
  ExperimentReport report;
  report.confidence = options.confidence;
  report.replications = n;
  report.seed = experiment.seed();
  report.until_day = options.until_day;
  report.warm_up = in_minutes(experiment.model(0).warm_up);
  report.taken = experiment.found();
  report.currency = experiment.model(0).currency;
  for (std::size_t s = 0; s < experiment.scenarios(); ++s) {
    report.scenarios.push_back(experiment.name(s));
    report.shown.push_back(shown_name(experiment.model(s)));
    report.files.push_back(experiment.model(s).file);
    if (options.stood_still) report.stood_still.push_back(stood_still(experiment, s, n));
  }
  for (const std::size_t index : measures) {
    MeasureReport m;
    m.measure = experiment.measures(0)[index];
    if (m.measure.target != none && m.measure.name.ends_with(".value")) {
      const Model& model = experiment.model(0);
      m.wanted = wanted_of(model, model.targets[m.measure.target]);
    }
    if (const auto worth = options.worth_having.find(m.measure.name); worth != options.worth_having.end())
      m.worth_having = worth->second;
    for (std::size_t s = 0; s < experiment.scenarios(); ++s) {
      m.values.push_back(experiment.values(s, m.measure.name, n));
      m.at_least.push_back(any_bound(m.measure, experiment.values(s, at_least_flag(m.measure.name), n)));
      m.found.push_back(measure_interval(m.measure, m.values.back(), report.confidence));
      m.to_base.push_back(
          s == 0 ? Difference{}
                 : difference(m.measure.better, m.values[0], m.values[s], report.confidence, m.worth_having));
      if (const std::string mail = mail_there(m.measure.name); s > 0 && !mail.empty())
        weigh_mail(m.to_base[s], experiment.values(0, mail, n), experiment.values(s, mail, n));
    }
    report.measures.push_back(std::move(m));
  }
  compare_all(report);
  return report;
}

}  // namespace mailflow
