#include "planning/demand.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "mail/due.hpp"
#include "scenario/kinds/table.hpp"

namespace mailflow {

namespace {

constexpr double least_share = 1e-4;  ///< of the items that came: rarer ways are left out
constexpr int most_visits = 40;       ///< stations on a way; rejects that go round are followed that far
constexpr double rounding = static_cast<double>(second);

/// Where a way ends, and how soon at the soonest.
struct End {
  StationIndex exit;  ///< bay; none: out of the centre
  double after = 0;   ///< ticks from being finished at a station to there, without any wait
  double share = 1;   ///< of the items at that station
};

/// One station on the way of a kind of mail.
struct Visit {
  StationIndex station;
  double share = 0;   ///< of the items that came
  double before = 0;  ///< ticks from coming to here, without any wait
  double here = 0;    ///< ticks that an item takes here at least
  double slow = 0;    ///< and by the slowest who may do it
  std::vector<End> ends;
};

bool is_worked(const Station& s) { return s.skill != none && takes_in_hand(s.kind); }

/// All ways of one kind of mail through the centre.
class Ways {
 public:
  Ways(const Model& model, ProductIndex product, DestinationIndex destination)
      : model_(model), product_(product), destination_(destination) {}

  std::vector<Visit> from(StationIndex station) {
    walk(station, 1, 0, 0);
    return std::move(visits_);
  }

 private:
  double fastest(const Station& s) const {
    return pace(s, [](double a, double b) { return std::max(a, b); });
  }
  double slowest(const Station& s) const {
    return pace(s, [](double a, double b) { return std::min(a, b); });
  }
  template <class Choose>
  double pace(const Station& s, Choose choose) const {
    double found = 0;
    for (const Team& team : model_.teams)
      for (const Skilled& k : team.skills)
        if (k.skill == s.skill && s.kind == StationKind::manual && k.proficiency > 0)
          found = found > 0 ? choose(found, k.proficiency) : k.proficiency;
    return found > 0 ? found : 1;
  }

  /// Ticks that one item spends at a station at least: by the fastest, without a wait, by the law's least.
  double takes(const Station& s) const { return language_of(s.kind).least_time(s) / fastest(s); }

  std::vector<End> walk(StationIndex station, double share, double before, int depth) {
    const Station& s = model_.stations[station];
    if (s.kind == StationKind::bay) return {{station, 0, 1}};
    const double here = takes(s);
    const std::size_t mine = visits_.size();
    visits_.push_back({station, share, before, here, here * fastest(s) / slowest(s), {}});
    std::map<StationIndex, double> next;  // none: out of the centre
    double rest = 1;
    for (const Diversion& d : s.diversions) {
      follow(d.next, RouteNodeIndex(0), d.share, next);
      rest -= d.share;
    }
    if (!s.next.nodes.empty()) follow(s.next, RouteNodeIndex(0), rest, next);
    std::map<StationIndex, End> ends;  // by exit, the soonest
    double followed = 0;
    const auto ended = [&](const End& end, double part) {
      const auto [known, fresh] = ends.try_emplace(end.exit, End{end.exit, end.after, 0});
      known->second.after = std::min(known->second.after, end.after);
      known->second.share += part * end.share;
      followed += part * end.share;
    };
    for (const auto& [to, part] : next) {
      if (part * share < least_share || depth > most_visits) continue;
      if (to == none)
        ended({}, part);
      else
        for (const End& end : walk(to, share * part, before + here, depth + 1)) ended(end, part);
    }
    if (ends.empty()) ended({}, 1);
    std::vector<End> all;
    for (auto& [exit, end] : ends) {
      end.share /= followed;
      visits_[mine].ends.push_back(end);
      all.push_back({exit, end.after + here, end.share});
    }
    return all;
  }

  void follow(const Route& route, RouteNodeIndex node, double share, std::map<StationIndex, double>& to) const {
    if (node == none || share <= 0) return;
    const RouteNode& at = route.nodes[node];
    switch (at.kind) {
      case RouteNode::Kind::to:
      case RouteNode::Kind::leaves:
        to[at.station] += share;
        return;
      case RouteNode::Kind::by_product:
        return follow(route, at.of(product_), share, to);
      case RouteNode::Kind::by_destination:
        return follow(route, at.of(destination_), share, to);
      case RouteNode::Kind::by_share:
        for (std::size_t i = 0; i < at.child.size(); ++i) follow(route, at.child[i], share * at.share[i], to);
        return;
    }
  }

  const Model& model_;
  ProductIndex product_;
  DestinationIndex destination_;
  std::vector<Visit> visits_;
};

class Curves {
 public:
  Curves(const Model& model, const std::vector<TargetIndex>& targets, Ticks step) : model_(model), targets_(targets) {
    if (step <= 0) step = fine_step();
    for (Ticks t = 0; t < model.end; t += step) demand_.edges.push_back(t);
    demand_.edges.push_back(model.end);
    at_.assign(model.stations.size(), -1);
    for (const StationIndex s : model.stations.indices()) {
      if (!is_worked(model.stations[s])) continue;
      at_[s] = static_cast<int>(demand_.stations.size());
      StationDemand& curve = demand_.stations.emplace_back();
      curve.station = s;
      curve.arrives.assign(demand_.edges.size() - 1, 0);
      curve.due.assign(demand_.edges.size() - 1, 0);
      curve.judged.assign(demand_.edges.size() - 1, 0);
      curve.work_per_item = work_per_item(model, curve.station, 1);
    }
    rest_ = demand_.stations;
  }

  Demand all() {
    for (const Source& source : model_.sources) add(source);
    for (StationDemand& curve : demand_.stations) keep_in_order(curve);
    for (const auto& [at, work] : governed_) {
      const Target& target = model_.targets[at.second];
      const double items = (1 - target.bound) * items_of_[at.second] - surely_late_[at.second];
      demand_.stations[at.first].may_be_late += std::max(0.0, items) * work;
    }
    for (std::size_t i = 0; i < rest_.size(); ++i) {
      keep_in_order(rest_[i]);
      if (!comes(rest_[i])) continue;
      if (comes(demand_.stations[i]))
        demand_.stations.push_back(std::move(rest_[i]));
      else
        demand_.stations[i] = std::move(rest_[i]);
    }
    return std::move(demand_);
  }

 private:
  /// In a long step much may come at the start and be due at the end, as if all the step were there for it.
  Ticks fine_step() const {
    constexpr Ticks most = 4000;  // stations times steps
    const auto stations = std::count_if(model_.stations.begin(), model_.stations.end(), is_worked);
    for (const Ticks step : {10 * minute, 15 * minute, 20 * minute, 30 * minute})
      if (model_.end / step * stations <= most) return step;
    return hour;
  }

  void add(const Source& source) {
    for (const ProductIndex product : model_.products.indices()) {
      if (source.kind == Source::Kind::vehicles)
        for (const Ticks at : source.at)
          bound(source, product, static_cast<double>(at) + source.late_by.mean(), 0, source.items[product].mean());
      if (source.kind == Source::Kind::backlog) bound(source, product, 0, 0, source.items[product].mean());
      const double share = source.mix.product.empty() ? 0 : source.mix.product[product];
      if (source.kind == Source::Kind::gaps && share > 0)
        stream(source, product, 0, model_.end, share * model_.products[product].lot_items / source.every.mean());
      for (std::size_t i = 0; source.kind == Source::Kind::rate && i < source.rate.size() && share > 0; ++i)
        stream(source, product, source.rate[i].from, i + 1 < source.rate.size() ? source.rate[i + 1].from : model_.end,
               share * source.rate[i].items_per_tick);
    }
    for (const ReplayRow& row : source.rows) {
      const auto at = static_cast<double>(row.at);
      const double over = source.spread == Spread::start ? 0 : static_cast<double>(source.bin);
      if (row.destination != none)
        come(source, row.product, row.destination, at, over, static_cast<double>(row.items), row.leave_by);
      else
        bound(source, row.product, at, over, static_cast<double>(row.items), row.leave_by);
    }
  }

  /// A steady stream, an hour at a time.
  void stream(const Source& source, ProductIndex product, Ticks from, Ticks to, double items_per_tick) {
    for (Ticks t = from; t < std::min(to, model_.end); t += hour) {
      const Ticks until = std::min({t + hour, to, model_.end});
      bound(source, product, static_cast<double>(t), static_cast<double>(until - t),
            items_per_tick * static_cast<double>(until - t));
    }
  }

  /// Items of a product, shared over the source's destinations.
  void bound(const Source& source, ProductIndex product, double at, double over, double items, Ticks leave_by = never) {
    if (items <= 0) return;
    const auto& to = source.mix.destination;
    if (to.empty() || to[product].empty()) return come(source, product, none, at, over, items, leave_by);
    for (const DestinationIndex d : to[product].indices())
      if (to[product][d] > 0) come(source, product, d, at, over, items * to[product][d], leave_by);
  }

  /// Items that come evenly over a while.
  void come(const Source& source, ProductIndex product, DestinationIndex destination, double at, double over,
            double items, Ticks leave_by) {
    const auto key = std::pair{source.into, std::pair{product, destination}};
    auto known = ways_.find(key);
    if (known == ways_.end()) known = ways_.emplace(key, Ways(model_, product, destination).from(source.into)).first;
    if (at >= static_cast<double>(model_.end) || items <= 0) return;
    const Ticks due = leave_by != never ? leave_by : due_of(product, at);
    const bool by_end = due == never || due <= model_.end;
    const bool counts = due != never && due > model_.warm_up;
    if (counts)
      for (const TargetIndex t : targets_)
        if (is_about(t, product, destination)) items_of_[t] += items;
    // still there at the end and due then, or later: not yet late
    const TargetIndex target = counts && due < model_.end ? target_of(product, destination) : none;
    for (const Visit& visit : known->second) {
      const int row = at_[visit.station];
      const double from = at + visit.before;
      const double each = row < 0 ? 0 : work_per_item(model_, visit.station, model_.products[product].lot_items);
      double asked = 0;
      for (const End& end : visit.ends) {
        const double work = items * visit.share * end.share * each;
        double latest = last_end(end, destination, due, at);
        const bool too_late = latest < from + visit.here;  // whoever works: no reason to hurry
        if (too_late && target != none && &visit == &known->second.front()) surely_late_[target] += items * end.share;
        if (row < 0) continue;
        StationDemand& curve = demand_.stations[static_cast<std::size_t>(row)];
        double share = target != none && !too_late ? 1 : 0;
        if (const double wait = longest_wait(visit.station); wait >= 0 && from + over + wait + visit.here < latest) {
          latest = from + over + wait + visit.here;
          share = 1;
        }
        if (target != none && share > 0) {
          double& most = governed_[{static_cast<std::size_t>(row), target}];
          most = std::max(most, each);
        }
        must(curve, latest - visit.slow, work * share, target != none);
        asked += work * share;
        if (by_end && from + last_while() < static_cast<double>(model_.end))
          must(rest_[static_cast<std::size_t>(row)], static_cast<double>(model_.end), work * (1 - share), false);
      }
      if (row < 0) continue;
      arrive(demand_.stations[static_cast<std::size_t>(row)], from, over, asked);
      arrive(rest_[static_cast<std::size_t>(row)], from, over, std::max(0.0, items * visit.share * each - asked));
    }
  }

  /// What comes in the last week (or quarter) of a run and is never due may be left there.
  double last_while() const { return static_cast<double>(std::min(7 * day, model_.end / 4)); }

  Ticks due_of(ProductIndex product, double at) const {
    return mailflow::due_of(model_.products[product], static_cast<Ticks>(at));
  }

  /// The instant by which an item must be finished at a station; the run's end where it is never due.
  double last_end(const End& way, DestinationIndex destination, Ticks due, double came) const {
    const auto end = static_cast<double>(model_.end);
    if (due == never) return end;
    if (way.exit == none) return static_cast<double>(due) - way.after;
    Ticks leaves = -1;
    for (const Departure& d : model_.departures) {
      if (std::find(d.from.begin(), d.from.end(), way.exit) == d.from.end()) continue;
      if (!d.serves_all && (destination == none || !d.serves[destination])) continue;
      const auto after = std::upper_bound(d.at.begin(), d.at.end(), due);
      if (after != d.at.begin()) leaves = std::max(leaves, *std::prev(after) - d.closes_before);
    }
    return leaves < static_cast<Ticks>(came) ? -1 : static_cast<double>(leaves) - way.after;
  }

  /// Whether a target asks for a share on time of this kind of mail.
  bool is_about(TargetIndex t, ProductIndex product, DestinationIndex destination) const {
    const Target& target = model_.targets[t];
    return target.measure == Target::Measure::on_time && target.at_least && target.departure == none &&
           (target.product == none || target.product == product) &&
           (target.destination == none || target.destination == destination);
  }

  /// The target that asks for the greatest share on time of this kind of mail.
  TargetIndex target_of(ProductIndex product, DestinationIndex destination) const {
    TargetIndex found;
    for (const TargetIndex t : targets_)
      if (is_about(t, product, destination) && (found == none || model_.targets[t].bound > model_.targets[found].bound))
        found = t;
    return found;
  }

  /// Ticks that a target lets wait at a station; -1: no such target.
  double longest_wait(StationIndex station) const {
    double wait = -1;
    for (const TargetIndex t : targets_) {
      const Target& target = model_.targets[t];
      if (target.measure != Target::Measure::longest_wait || target.station != station || target.at_least) continue;
      const double ticks = target.bound * static_cast<double>(minute);
      wait = wait < 0 ? ticks : std::min(wait, ticks);
    }
    return wait;
  }

  void arrive(StationDemand& curve, double from, double over, double work) {
    if (from >= static_cast<double>(model_.end)) return;
    if (over <= 0) {
      curve.arrives[demand_.step_of(static_cast<Ticks>(from))] += work;
      return;
    }
    const double to = from + over;
    for (std::size_t k = demand_.step_of(static_cast<Ticks>(from)); k < curve.arrives.size(); ++k) {
      const double part = std::min(to, static_cast<double>(demand_.edges[k + 1])) -
                          std::max(from, static_cast<double>(demand_.edges[k]));
      if (part <= 0) break;
      curve.arrives[k] += work * part / over;
    }
  }

  static bool comes(const StationDemand& curve) {
    return std::any_of(curve.arrives.begin(), curve.arrives.end(), [](double work) { return work > 0; });
  }

  /// Due in the step that the instant lies in, or at whose end it lies; what is due after the run is not asked for.
  void must(StationDemand& curve, double latest, double work, bool judged) {
    if (work <= 0 || latest > static_cast<double>(model_.end) + rounding) return;
    const std::size_t k = demand_.step_of(static_cast<Ticks>(std::max(0.0, latest - rounding)));
    curve.due[k] += work;
    if (judged) curve.judged[k] += work;
  }

  /// Nothing is due before it can be done.
  static void keep_in_order(StationDemand& curve) {
    double came = 0, due = 0, later = 0, judged_later = 0;
    for (std::size_t k = 0; k < curve.arrives.size(); ++k) {
      came += curve.arrives[k];
      const double asked = curve.due[k] + later;
      curve.due[k] = std::min(asked, std::max(0.0, came - due));
      later = asked - curve.due[k];
      due += curve.due[k];
      const double judged = curve.judged[k] + judged_later;
      curve.judged[k] = std::min(judged, curve.due[k]);
      judged_later = judged - curve.judged[k];
    }
  }

  const Model& model_;
  const std::vector<TargetIndex>& targets_;
  Demand demand_;
  std::vector<StationDemand> rest_;            ///< likewise: of mail that no target asks for by an instant
  Rows<Station, int> at_;                      ///< its curve; -1: none
  std::map<TargetIndex, double> items_of_;     ///< items that a target is about
  std::map<TargetIndex, double> surely_late_;  ///< of these, late whoever works
  std::map<std::pair<std::size_t, TargetIndex>, double>
      governed_;  ///< curve and target: agent-ticks of one of its items
  std::map<std::pair<StationIndex, std::pair<ProductIndex, DestinationIndex>>, std::vector<Visit>> ways_;
};

}  // namespace

std::size_t Demand::step_of(Ticks instant) const {
  const auto after = std::upper_bound(edges.begin(), edges.end(), instant);
  const auto k = static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, after - edges.begin() - 1));
  return std::min(k, edges.size() - 2);
}

double work_per_item(const Model& model, StationIndex station, double lot_items) {
  const Station& s = model.stations[station];
  double ticks = s.items_per_tick > 0 ? 1 / s.items_per_tick : s.service.mean();
  if (s.items_per_tick <= 0 && s.service_per_lot) ticks /= std::max(1.0, lot_items);
  if (s.breakdown.present) {
    const double repair = s.breakdown.repair.mean();
    ticks *= 1 + repair / s.breakdown.every.mean();
  }
  return ticks * s.passes * std::max(1, s.crew);
}

double pace_of(const Model& model, const Skilled& skilled) {
  const bool machines = std::all_of(model.stations.begin(), model.stations.end(), [&](const Station& s) {
    return s.skill != skilled.skill || s.kind == StationKind::machine;
  });
  return machines ? 1 : skilled.proficiency;
}

Demand demand_of(const Model& model, const std::vector<TargetIndex>& targets, Ticks step) {
  return Curves(model, targets, step).all();
}

}  // namespace mailflow
