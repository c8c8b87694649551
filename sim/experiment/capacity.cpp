#include "experiment/capacity.hpp"

#include <cmath>
#include <map>

#include "experiment/moves.hpp"

namespace mailflow {

namespace {

class Search {
 public:
  Search(Experiment& experiment, std::size_t scenario, const CapacityOptions& options)
      : experiment_(experiment), scenario_(scenario), options_(options) {
    at_[100] = scenario;
    experiment_.extend({scenario}, options.replications);
  }

  std::vector<TargetCapacity> all() {
    std::vector<TargetCapacity> found;
    const std::size_t targets = experiment_.model(scenario_).targets.size();
    for (std::size_t t = 0; t < targets; ++t) found.push_back(one(static_cast<int>(t)));
    return found;
  }

 private:
  using Value = double Interval::*;

  /// The scenario at so many percent of the volume.
  std::size_t at(int percent) {
    const auto known = at_.find(percent);
    if (known != at_.end()) return known->second;
    auto model = std::make_shared<const Model>(with_volume(experiment_.model(scenario_), percent / 100.0));
    const std::size_t s =
        experiment_.add(experiment_.name(scenario_) + ", volume " + std::to_string(percent) + " %", model, "");
    experiment_.extend({s}, options_.replications);
    at_[percent] = s;
    return s;
  }
  std::size_t row_of(int target, Measure::Kind kind) const {
    const auto& all = experiment_.measures(scenario_);
    for (std::size_t m = 0; m < all.size(); ++m)
      if (all[m].target == target && all[m].kind == kind) return m;
    return 0;
  }
  Interval value(int target, int percent) {
    const std::size_t m = row_of(target, Measure::Kind::mean);
    const std::size_t s = at(percent);
    return measure_interval(experiment_.measures(scenario_)[m], experiment_.values(s, m, options_.replications),
                            options_.confidence);
  }
  /// Whether a value (the mean or an end of its interval) keeps the target.
  bool keeps(int target, int percent, Value which) {
    const Target& is = experiment_.model(scenario_).targets[static_cast<std::size_t>(target)];
    const Interval i = value(target, percent);
    if (i.n == 0) return true;
    return is.at_least ? i.*which >= is.bound : i.*which <= is.bound;
  }
  /// The greatest percentage that keeps the target (the least, for one that volume makes easier).
  int edge(int target, Value which, bool easier) {
    int keep = easier ? options_.most : options_.least;
    int lose = easier ? options_.least : options_.most;
    if (!keeps(target, keep, which)) return easier ? 1 << 20 : -1;
    if (keeps(target, lose, which)) return easier ? -1 : 1 << 20;
    while (std::abs(keep - lose) > 1) {
      const int middle = (keep + lose) / 2;
      (keeps(target, middle, which) ? keep : lose) = middle;
    }
    return keep;
  }
  TargetCapacity one(int t) {
    const Target& is = experiment_.model(scenario_).targets[static_cast<std::size_t>(t)];
    TargetCapacity c;
    c.target = t;
    c.now = value(t, 100);
    const std::size_t days = row_of(t, Measure::Kind::days);
    c.days = share_interval(experiment_.values(scenario_, days, options_.replications), options_.confidence);
    c.missed = is.at_least ? c.now.high < is.bound : c.now.low > is.bound;
    const bool easier = is.measure == Target::Measure::cost_per_item
                            ? !is.at_least
                            : is.measure == Target::Measure::throughput && is.at_least;
    c.easier = easier;
    const int found = edge(t, &Interval::estimate, easier);
    c.less_than_least = found < 0;
    c.more_than_most = found > options_.most;
    if (c.less_than_least || c.more_than_most) return c;
    c.factor = found / 100.0;
    const Value strict = is.at_least ? &Interval::low : &Interval::high;
    const Value lenient = is.at_least ? &Interval::high : &Interval::low;
    const auto bounded = [&](int percent) {
      return std::clamp(percent < 0 ? options_.least : percent, options_.least, options_.most) / 100.0;
    };
    c.low = bounded(edge(t, easier ? lenient : strict, easier));
    c.high = bounded(edge(t, easier ? strict : lenient, easier));
    if (!easier) c.binds = binding(std::min(found + 1, options_.most));
    return c;
  }
  /// The station and cause whose waiting grew most per item that came, from well within capacity to where it breaks.
  std::string binding(int percent) {
    const auto& all = experiment_.measures(scenario_);
    const std::size_t here = at(percent);
    const std::size_t before = at(std::max(options_.least, percent / 2));
    double most = 0;
    std::string found;
    const auto per_item = [&](std::size_t s, std::size_t m) {
      const double came = mean_interval(experiment_.values(s, "in", options_.replications), 0.95).estimate;
      return mean_interval(experiment_.values(s, m, options_.replications), 0.95).estimate / came;
    };
    for (std::size_t m = 0; m < all.size(); ++m) {
      if (all[m].unit != "item hours") continue;
      const double more = per_item(here, m) - per_item(before, m);
      if (!(more > most)) continue;
      most = more;
      found = all[m].name;
    }
    return found;
  }

  Experiment& experiment_;
  std::size_t scenario_;
  CapacityOptions options_;
  std::map<int, std::size_t> at_;
};

}  // namespace

std::vector<TargetCapacity> capacity(Experiment& experiment, std::size_t scenario, const CapacityOptions& options) {
  return Search(experiment, scenario, options).all();
}

}  // namespace mailflow
