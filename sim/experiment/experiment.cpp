#include "experiment/experiment.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/words.hpp"
#include "experiment/fingerprint.hpp"

namespace mailflow {

Experiment::Experiment(Executor& executor, Archive* archive, std::uint64_t seed, Progress progress)
    : executor_(executor),
      archive_(executor.leads() ? archive : nullptr),
      seed_(seed),
      progress_(executor.leads() ? std::move(progress) : Progress{}) {}

std::size_t Experiment::add(const std::string& name, std::shared_ptr<const Model> model, const std::string& text) {
  Scenario scenario;
  scenario.name = name;
  scenario.fingerprint = fingerprint(*model);
  scenario.measures = measures_of(*model);
  scenario.same_as = scenarios_.size();
  for (std::size_t s = 0; s < scenarios_.size(); ++s)
    if (scenarios_[s].fingerprint == scenario.fingerprint) {
      scenario.same_as = s;
      break;
    }
  if (archive_ != nullptr)
    scenario.kept_as =
        archive_->scenario({scenario.fingerprint, name, model->file, text, MAILFLOW_VERSION, scenario.measures});
  scenario.model = std::move(model);
  scenarios_.push_back(std::move(scenario));
  return scenarios_.size() - 1;
}

std::int64_t Experiment::available(std::size_t scenario) const {
  return static_cast<std::int64_t>(scenarios_[scenarios_[scenario].same_as].replications.size());
}

namespace {

/// Whether a replication was kept without items' own times.
bool lacks_own_times(const std::vector<Measure>& measures, const Observation& values) {
  for (std::size_t m = 0; m < measures.size(); ++m)
    if (measures[m].name.ends_with(".own_time_minutes.items")) return std::isnan(values[m]);
  return false;
}

}  // namespace

void Experiment::take_kept(std::size_t scenario, std::int64_t n) {
  Scenario& s = scenarios_[scenario];
  std::vector<double> kept;  // replication, values..., for the other ranks too
  if (archive_ != nullptr)
    for (const auto& [replication, values] :
         archive_->replications(s.kept_as, seed_, s.replications.size() + 1, static_cast<std::uint64_t>(n))) {
      if (values.size() != s.measures.size() || (own_times_ && lacks_own_times(s.measures, values))) continue;
      kept.push_back(static_cast<double>(replication));
      kept.insert(kept.end(), values.begin(), values.end());
    }
  executor_.share(kept);
  s.replications.resize(static_cast<std::size_t>(n));
  const std::size_t row = s.measures.size() + 1;
  for (std::size_t i = 0; i + row <= kept.size(); i += row) {
    const auto begin = kept.begin() + static_cast<std::ptrdiff_t>(i);
    s.replications[static_cast<std::size_t>(kept[i]) - 1].assign(begin + 1, begin + static_cast<std::ptrdiff_t>(row));
    ++found_;
    ++progress_now_.found;
    ++progress_now_.done;
  }
}

void Experiment::extend(const std::vector<std::size_t>& scenarios, std::int64_t n) {
  std::vector<Task> tasks;
  std::vector<std::pair<std::size_t, std::size_t>> place;  // scenario, replication - 1
  std::vector<std::size_t> wanted;
  for (const std::size_t s : scenarios) {
    const std::size_t first = scenarios_[s].same_as;
    if (available(first) < n && std::find(wanted.begin(), wanted.end(), first) == wanted.end()) wanted.push_back(first);
  }
  for (const std::size_t s : wanted) {
    const auto had = static_cast<std::size_t>(available(s));
    progress_now_.wanted += static_cast<std::size_t>(n) - had;
    take_kept(s, n);
  }
  // Replication by replication, so that the scenarios grow side by side.
  for (std::size_t r = 0; r < static_cast<std::size_t>(n); ++r)
    for (const std::size_t s : wanted) {
      if (!scenarios_[s].replications[r].empty()) continue;
      tasks.push_back({scenarios_[s].model.get(), seed_, r + 1, own_times_, stop_});
      place.emplace_back(s, r);
    }
  if (progress_) progress_(progress_now_);
  if (tasks.empty()) return;
  const auto done = [&](std::size_t task, const Observation& values) {
    if (archive_ != nullptr)
      archive_->keep(scenarios_[place[task].first].kept_as, seed_, tasks[task].replication, values);
    ++progress_now_.done;
    if (progress_) progress_(progress_now_);
  };
  std::vector<Observation> results;
  try {
    results = executor_.run(tasks, done);
  } catch (...) {  // what was not run is not there
    for (const std::size_t s : wanted) {
      auto& all = scenarios_[s].replications;
      all.erase(std::find(all.begin(), all.end(), Observation{}), all.end());
    }
    throw;
  }
  for (std::size_t t = 0; t < tasks.size(); ++t)
    scenarios_[place[t].first].replications[place[t].second] = std::move(results[t]);
  run_ += tasks.size();
}

std::vector<double> Experiment::values(std::size_t scenario, std::size_t measure, std::int64_t n) const {
  const auto& replications = scenarios_[scenarios_[scenario].same_as].replications;
  std::vector<double> column;
  for (std::size_t r = 0; r < static_cast<std::size_t>(n); ++r) column.push_back(replications[r][measure]);
  return column;
}

std::vector<double> Experiment::values(std::size_t scenario, const std::string& measure, std::int64_t n) const {
  const auto& all = scenarios_[scenario].measures;
  const auto found = std::find_if(all.begin(), all.end(), [&](const Measure& m) { return m.name == measure; });
  if (found == all.end())
    return std::vector<double>(static_cast<std::size_t>(n), std::numeric_limits<double>::quiet_NaN());
  return values(scenario, static_cast<std::size_t>(found - all.begin()), n);
}

Interval measure_interval(const Measure& measure, const std::vector<double>& values, double confidence) {
  if (measure.kind == Measure::Kind::days) return share_interval(values, confidence);
  return measure.unit == "share" ? mean_share_interval(values, confidence) : mean_interval(values, confidence);
}

namespace {

/// One thing that a precision is asked of: a scenario's measure, or its difference to the first.
struct Watched {
  Precision precision;
  Measure measure;
  std::vector<double> values;

  Interval at(std::int64_t n, double confidence, bool paired) const {
    const std::vector<double> first(values.begin(), values.begin() + n);
    return paired ? mean_interval(first, confidence) : measure_interval(measure, first, confidence);
  }
  double bound(const Interval& now) const {
    return precision.relative ? precision.half_width * std::fabs(now.estimate) : precision.half_width;
  }
};

class Replicator {
 public:
  Replicator(Experiment& experiment, const std::vector<std::size_t>& scenarios, const Stopping& stopping, bool paired)
      : experiment_(experiment), scenarios_(scenarios), stopping_(stopping), paired_(paired && scenarios.size() > 1) {}

  std::int64_t go() {
    std::int64_t had = std::max<std::int64_t>(stopping_.least, 2);
    for (std::int64_t n = had;;) {
      experiment_.extend(scenarios_, had);
      watch(had);
      std::int64_t need = 0;
      for (; n <= had; ++n) {
        need = wanted(n);
        if (need <= n) return n;
      }
      if (had >= stopping_.most) return had;
      const auto width = static_cast<std::int64_t>(experiment_.width());
      had = std::min({stopping_.most, 2 * had, std::max(need, had + width)});
    }
  }

 private:
  void watch(std::int64_t n) {
    watched_.clear();
    for (const Precision& precision : stopping_.precisions)
      for (std::size_t s = paired_ ? 1 : 0; s < scenarios_.size(); ++s) {
        const auto& all = experiment_.measures(scenarios_[s]);
        const auto found =
            std::find_if(all.begin(), all.end(), [&](const Measure& m) { return m.name == precision.measure; });
        if (found == all.end()) continue;
        Watched w{precision, *found, experiment_.values(scenarios_[s], precision.measure, n)};
        if (paired_) {
          const auto base = experiment_.values(scenarios_[0], precision.measure, n);
          for (std::size_t r = 0; r < base.size(); ++r) w.values[r] = change(base[r], w.values[r]);
        }
        watched_.push_back(std::move(w));
      }
  }
  /// The number of replications that seems to be needed, as known after n; n or less: none more.
  std::int64_t wanted(std::int64_t n) {
    std::int64_t need = n;
    double worst = 0;
    for (const Watched& w : watched_) {
      const Interval now = w.at(n, stopping_.confidence, paired_);
      const double bound = w.bound(now);
      if (now.half_width() <= bound || now.n == 0) continue;
      need = std::max({need, n + 1, replications_needed(now, stopping_.confidence, bound)});
      if (const double ratio = now.half_width() / bound; ratio > worst) {
        worst = ratio;
        experiment_.precision_is(
            tr("{} ± {}, wanted ± {}", w.precision.measure, std::to_string(now.half_width()), std::to_string(bound)));
      }
    }
    return need;
  }

  Experiment& experiment_;
  const std::vector<std::size_t>& scenarios_;
  const Stopping& stopping_;
  bool paired_;
  std::vector<Watched> watched_;
};

}  // namespace

std::int64_t replicate(Experiment& experiment, const std::vector<std::size_t>& scenarios, const Stopping& stopping,
                       bool paired) {
  if (stopping.fixed > 0) {
    experiment.extend(scenarios, stopping.fixed);
    return stopping.fixed;
  }
  return Replicator(experiment, scenarios, stopping, paired).go();
}

}  // namespace mailflow
