#include "experiment/selection.hpp"

#include <algorithm>
#include <cmath>

namespace mailflow {

namespace {

double mean_of(const std::vector<double>& values, std::size_t n) {
  double sum = 0;
  for (std::size_t r = 0; r < n; ++r) sum += values[r];
  return sum / static_cast<double>(n);
}

class Kn {
 public:
  Kn(Experiment& experiment, const std::vector<std::size_t>& scenarios, const Measure& measure,
     const SelectionOptions& options)
      : experiment_(experiment),
        scenarios_(scenarios),
        name_(measure.name),
        sign_(measure.better == Better::less ? -1 : 1),
        options_(options),
        values_(scenarios.size()),
        result_{} {
    for (std::size_t i = 0; i < scenarios.size(); ++i) alive_.push_back(i);
    result_.dropped_at.assign(scenarios.size(), 0);
  }

  Selection go() {
    const auto first = std::max<std::int64_t>(2, options_.first);
    extend(first);
    variances(static_cast<std::size_t>(first));
    std::int64_t n = first;
    screen(n);
    while (alive_.size() > 1 && n < options_.most) {
      // A few at a time for all cores; looked at one by one, so that the outcome does not depend on how many.
      const auto ahead = std::max<std::int64_t>(
          1, static_cast<std::int64_t>(4 * experiment_.width()) / static_cast<std::int64_t>(alive_.size()));
      const std::int64_t until = std::min(options_.most, n + ahead);
      extend(until);
      while (n < until && alive_.size() > 1) screen(++n);
    }
    result_.certain = alive_.size() == 1;
    result_.replications = n;
    result_.best = *std::max_element(alive_.begin(), alive_.end(), [&](std::size_t a, std::size_t b) {
      return sign_ * mean_of(values_[a], static_cast<std::size_t>(n)) <
             sign_ * mean_of(values_[b], static_cast<std::size_t>(n));
    });
    for (std::size_t i = 0; i < scenarios_.size(); ++i) {
      const std::int64_t had = result_.dropped_at[i] > 0 ? result_.dropped_at[i] : n;
      result_.runs += had;
      result_.mean.push_back(mean_of(values_[i], static_cast<std::size_t>(had)));
    }
    return result_;
  }

 private:
  void extend(std::int64_t n) {
    std::vector<std::size_t> wanted;
    for (const std::size_t i : alive_) wanted.push_back(scenarios_[i]);
    experiment_.extend(wanted, n);
    for (const std::size_t i : alive_) values_[i] = experiment_.values(scenarios_[i], name_, n);
  }
  /// Variances of the pairs' differences over the first stage, and what the fences need of them.
  void variances(std::size_t first) {
    const auto k = static_cast<double>(scenarios_.size());
    const auto freedom = static_cast<double>(first - 1);
    const double eta = 0.5 * (std::pow(2 * (1 - options_.confidence) / (k - 1), -2 / freedom) - 1);
    h2_ = 2 * eta * freedom;
    s2_.assign(scenarios_.size(), std::vector<double>(scenarios_.size(), 0));
    for (std::size_t i = 0; i < scenarios_.size(); ++i)
      for (std::size_t j = 0; j < scenarios_.size(); ++j) {
        std::vector<double> pairs;
        for (std::size_t r = 0; r < first; ++r) pairs.push_back(values_[i][r] - values_[j][r]);
        const double d = mean_interval(pairs, 0.95).deviation;
        s2_[i][j] = d * d;
      }
  }
  void screen(std::int64_t n) {
    std::vector<std::size_t> kept;
    const double zone = options_.indifference;
    const auto r = static_cast<double>(n);
    for (const std::size_t i : alive_) {
      const bool beaten = std::any_of(alive_.begin(), alive_.end(), [&](std::size_t j) {
        if (i == j) return false;
        const double fence = std::max(0.0, zone / (2 * r) * (h2_ * s2_[i][j] / (zone * zone) - r));
        const double behind = sign_ * (mean_of(values_[j], static_cast<std::size_t>(n)) -
                                       mean_of(values_[i], static_cast<std::size_t>(n)));
        return behind > fence || (fence == 0 && behind == 0 && j < i);  // equal to the last digit: the first is kept
      });
      if (beaten)
        result_.dropped_at[i] = n;
      else
        kept.push_back(i);
    }
    alive_ = kept;
  }

  Experiment& experiment_;
  const std::vector<std::size_t>& scenarios_;
  std::string name_;
  double sign_;
  SelectionOptions options_;
  std::vector<std::vector<double>> values_;
  std::vector<std::size_t> alive_;
  std::vector<std::vector<double>> s2_;
  double h2_ = 0;
  Selection result_;
};

}  // namespace

Selection select_best(Experiment& experiment, const std::vector<std::size_t>& scenarios, const Measure& measure,
                      const SelectionOptions& options) {
  return Kn(experiment, scenarios, measure, options).go();
}

}  // namespace mailflow
