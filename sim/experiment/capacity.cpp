#include "experiment/capacity.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "experiment/moves.hpp"
#include "metrics/targets.hpp"

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
    for (const TargetIndex t : experiment_.model(scenario_).targets.indices()) found.push_back(one(t));
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
  std::size_t row_of(TargetIndex target, Measure::Kind kind) const {
    const auto& all = experiment_.measures(scenario_);
    for (std::size_t m = 0; m < all.size(); ++m)
      if (all[m].target == target && all[m].kind == kind) return m;
    return 0;
  }
  Interval value(TargetIndex target, int percent) {
    const std::size_t m = row_of(target, Measure::Kind::mean);
    const std::size_t s = at(percent);
    return measure_interval(experiment_.measures(scenario_)[m], experiment_.values(s, m, options_.replications),
                            options_.confidence);
  }
  /// Whether a value (the mean or an end of its interval) keeps the target; where none of its mail comes nothing breaks
  /// it.
  bool keeps(TargetIndex target, int percent, Value which) {
    const Target& is = experiment_.model(scenario_).targets[target];
    const Interval i = value(target, percent);
    if (i.n == 0) return is.measure != Target::Measure::cost_per_item || is.at_least;  // paid for nothing: no cost met
    return meets(is, i.*which);
  }
  /// The greatest percentage that keeps the target (the least, for one that volume makes easier).
  int edge(TargetIndex target, Value which, bool easier) {
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
  TargetCapacity one(TargetIndex t) {
    const Target& is = experiment_.model(scenario_).targets[t];
    TargetCapacity c;
    c.target = t;
    c.now = value(t, 100);
    c.nothing = c.now.n == 0;
    const std::size_t days = row_of(t, Measure::Kind::days);
    c.days = share_interval(experiment_.values(scenario_, days, options_.replications), options_.confidence);
    c.missed = !c.nothing && !meets(is, is.at_least ? c.now.high : c.now.low);
    c.met = !c.nothing && meets(is, is.at_least ? c.now.low : c.now.high);
    c.easier = is.measure == Target::Measure::cost_per_item ? !is.at_least
                                                            : is.measure == Target::Measure::throughput && is.at_least;
    c.no_volume = c.nothing || never_comes(is);
    if (!c.no_volume) volume(is, c);
    return c;
  }
  void volume(const Target& is, TargetCapacity& c) {
    const int found = edge(c.target, &Interval::estimate, c.easier);
    c.less_than_least = found < 0;
    c.more_than_most = found > options_.most;
    if (c.more_than_most && c.easier) {
      const double half = value(c.target, options_.most / 2).estimate;
      const double most = value(c.target, options_.most).estimate;
      c.at_no_volume = half == most || same_figure(half, most);
    }
    if (c.less_than_least && !c.easier) c.binds = binding(experiment_, at(options_.least), at(options_.least), is);
    if (c.less_than_least || c.more_than_most) return;
    c.factor = found / 100.0;
    const int beyond = std::min(found + 1, options_.most);
    if (!c.easier) c.binds = binding(experiment_, at(std::max(options_.least, beyond / 2)), at(beyond), is);
    if (options_.replications < 2) return;
    const Value strict = is.at_least ? &Interval::low : &Interval::high;
    const Value lenient = is.at_least ? &Interval::high : &Interval::low;
    const auto bounded = [&](int percent) {
      return std::clamp(percent < 0 ? options_.least : percent, options_.least, options_.most) / 100.0;
    };
    c.low = bounded(edge(c.target, c.easier ? lenient : strict, c.easier));
    c.high = bounded(edge(c.target, c.easier ? strict : lenient, c.easier));
  }
  /// Whether none of the target's mail is ever in the centre, or at the station that it is about.
  bool never_comes(const Target& is) const {
    const Model& model = experiment_.model(scenario_);
    const auto no_mail = [&](const std::string& measure) {
      const auto all = experiment_.values(scenario_, measure, options_.replications);
      return std::all_of(all.begin(), all.end(), [](double x) { return !(x > 0); });
    };
    if (is.product != none) {
      const std::string product = "products." + model.products[is.product].name;
      if (no_mail(product + ".out") && no_mail(product + ".left")) return true;
    }
    if (is.station == none) return false;
    const std::string station = "stations." + model.stations[is.station].name;
    return no_mail(station + ".items_out") && no_mail(station + ".content_items.mean");
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
