#include "experiment/binding.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "centre/simulate.hpp"
#include "core/at.hpp"
#include "stats/interval.hpp"

namespace mailflow {

namespace {

constexpr int replications_run = 3;

/// Mail of one product and destination (-1: none).
using Mail = std::pair<ProductIndex, DestinationIndex>;

/// Follows the routes of a model.
class Trace {
 public:
  Trace(const Model& model, const Target& target) : model_(model), target_(target) {
    way_.products.assign(model.products.size(), false);
    way_.stations.assign(model.stations.size(), false);
    way_.departures.assign(model.departures.size(), false);
  }

  Way go() {
    for (const Source& source : model_.sources)
      for (const Mail& mail : mail_of(source)) enter(mail, source.into);
    for (const MailThere& there : model_.situation.mail) enter({there.product, there.destination}, there.station);
    if (model_.inbound != none)
      for (const ProductIndex p : model_.products.indices())
        for (const DestinationIndex d : model_.destinations.indices()) enter({p, d}, model_.inbound);
    if (target_.team != none) keep_where_works(model_.teams[target_.team]);
    if (target_.measure == Target::Measure::left_over) leave_out_what_is_not_counted();
    return way_;
  }

 private:
  std::vector<Mail> mail_of(const Source& source) const {
    std::vector<Mail> all;
    const auto add = [&](ProductIndex product, DestinationIndex destination) {
      if (destination != none) {
        all.emplace_back(product, destination);
        return;
      }
      const auto& mix = source.mix.destination;
      if (!mix.indices().has(product) || mix[product].empty()) {
        all.emplace_back(product, none);
        return;
      }
      for (const DestinationIndex d : mix[product].indices())
        if (mix[product][d] > 0) all.emplace_back(product, d);
    };
    if (source.kind == Source::Kind::replay) {
      std::set<Mail> seen;
      for (const ReplayRow& row : source.rows)
        if (row.items > 0 && seen.insert({row.product, row.destination}).second) add(row.product, row.destination);
      return all;
    }
    const bool by_items = source.kind == Source::Kind::vehicles || source.kind == Source::Kind::backlog;
    for (const ProductIndex p : model_.products.indices()) {
      const bool comes = by_items ? source.items.indices().has(p) && source.items[p].mean() > 0
                                  : source.mix.product.indices().has(p) && source.mix.product[p] > 0;
      if (comes) add(p, none);
    }
    return all;
  }

  bool wanted(const Mail& mail) const {
    if (target_.product != none && target_.product != mail.first) return false;
    if (target_.destination != none && target_.destination != mail.second) return false;
    return target_.departure == none || takes(model_.departures[target_.departure], mail);
  }
  static bool takes(const Departure& departure, const Mail& mail) {
    return departure.serves_all || (mail.second != none && departure.serves[mail.second]);
  }

  /// Mail that comes in at a station: its way, as far as it leads to what the target is about.
  void enter(const Mail& mail, StationIndex station) {
    if (!wanted(mail) || station == none || !entered_.insert({mail, station}).second) return;
    std::map<StationIndex, std::set<StationIndex>> before;  // of each station that it comes to, those it comes from
    before[station];
    std::vector<StationIndex> open = {station};
    while (!open.empty()) {
      const StationIndex s = open.back();
      open.pop_back();
      const Station& is = model_.stations[s];
      std::vector<StationIndex> next;
      follow(is.next, RouteNodeIndex(0), mail, next);
      for (const Diversion& diversion : is.diversions)
        if (diversion.share > 0) follow(diversion.next, RouteNodeIndex(0), mail, next);
      for (const StationIndex n : next) {
        if (!before.contains(n)) open.push_back(n);
        before[n].insert(s);
      }
    }
    for (const auto& [s, from] : before)
      if (is_end(mail, s)) open.push_back(s);
    std::set<StationIndex> kept;
    while (!open.empty()) {
      const StationIndex s = open.back();
      open.pop_back();
      if (!kept.insert(s).second || target_.measure == Target::Measure::longest_wait) continue;
      open.insert(open.end(), before[s].begin(), before[s].end());
    }
    for (const StationIndex s : kept) {
      way_.products[mail.first] = way_.stations[s] = true;
      if (model_.stations[s].kind == StationKind::bay) leave(mail, s);
    }
  }
  /// Where the way ends that counts: at the target's station, at a bay where its departure takes this mail, else
  /// anywhere. A wait at a station is that station's alone; a pace there is also of those before it.
  bool is_end(const Mail& mail, StationIndex station) const {
    if (target_.station != none) return station == target_.station;
    if (target_.departure == none) return true;
    const Departure& departure = model_.departures[target_.departure];
    return std::find(departure.from.begin(), departure.from.end(), station) != departure.from.end() &&
           takes(departure, mail);
  }
  void leave(const Mail& mail, StationIndex bay) {
    for (const DepartureIndex d : model_.departures.indices()) {
      const Departure& departure = model_.departures[d];
      if (target_.departure != none && target_.departure != d) continue;
      if (std::find(departure.from.begin(), departure.from.end(), bay) != departure.from.end() &&
          takes(departure, mail))
        way_.departures[d] = true;
    }
  }
  /// Stations that a route leads this mail to.
  static void follow(const Route& route, RouteNodeIndex node, const Mail& mail, std::vector<StationIndex>& found) {
    if (node == none || route.nodes.empty()) return;
    const RouteNode& is = route.nodes[node];
    switch (is.kind) {
      case RouteNode::Kind::to:
        if (is.station != none) found.push_back(is.station);
        return;
      case RouteNode::Kind::leaves:
        return;
      case RouteNode::Kind::by_product:
        return follow(route, is.of(mail.first), mail, found);
      case RouteNode::Kind::by_destination:
        return follow(route, is.of(mail.second), mail, found);
      case RouteNode::Kind::by_share:
        for (std::size_t i = 0; i < is.child.size(); ++i)
          if (is.share[i] > 0) follow(route, is.child[i], mail, found);
        return;
    }
  }

  /// Mail at a bay or held is not left over, however long it is there.
  void leave_out_what_is_not_counted() {
    for (const StationIndex s : way_.stations.indices()) {
      const StationKind kind = model_.stations[s].kind;
      if (kind == StationKind::bay || kind == StationKind::hold) way_.stations[s] = false;
    }
  }
  void keep_where_works(const Team& team) {
    for (const StationIndex s : way_.stations.indices()) {
      const SkillIndex skill = model_.stations[s].skill;
      const bool can = std::any_of(team.skills.begin(), team.skills.end(),
                                   [&](const Skilled& has) { return skill != none && has.skill == skill; });
      way_.stations[s] = way_.stations[s] && can;
    }
  }

  const Model& model_;
  const Target& target_;
  Way way_;
  std::set<std::pair<Mail, StationIndex>> entered_;
};

/// What grows with volume and so may break a target there.
constexpr Cause of_volume[] = {Cause::waiting_for_staff, Cause::waiting_for_machine, Cause::full_vehicle};

std::vector<Cause> all_causes() {
  std::vector<Cause> all;
  for (std::size_t c = 0; c < causes; ++c) all.push_back(static_cast<Cause>(c));
  return all;
}

/// What can be named: time at work or on the way, or what follows from another cause, cannot.
bool binds_by_itself(Cause cause) {
  switch (cause) {
    case Cause::processing:
    case Cause::moving:
    case Cause::set_up:
    case Cause::blocked:
      return false;
    default:
      return true;
  }
}

/// Item-hours waited on the way by the target's products, per item of theirs.
using Waits = std::map<std::pair<StationIndex, Cause>, double>;

Waits waits_of(const Way& way, const Model& model, std::uint64_t seed, const std::vector<Cause>& for_what) {
  Waits waits;
  double items = 0;
  for (int r = 1; r <= replications_run; ++r) {
    RunOptions options;
    options.seed = seed;
    options.replication = static_cast<std::uint64_t>(r);
    options.own_times = false;
    const Results results = simulate(model, options);
    for (const ProductIndex p : way.products.indices()) {
      if (!way.products[p]) continue;
      items += static_cast<double>(results.products[p].at_start + results.products[p].in);
      for (const StationIndex s : way.stations.indices())
        for (const Cause cause : for_what)
          if (way.stations[s])
            waits[{s, cause}] += in_hours(results.stations[s].cause[p][static_cast<std::size_t>(cause)]);
    }
  }
  for (auto& [what, hours] : waits) hours /= std::max(1.0, items);
  return waits;
}

/// Whether a departure on the way took anything from this bay.
bool any_leaves(const Way& way, const Model& model, std::uint64_t seed, StationIndex bay) {
  RunOptions options;
  options.seed = seed;
  options.own_times = false;
  const Results results = simulate(model, options);
  for (const DepartureIndex d : way.departures.indices()) {
    const auto& from = model.departures[d].from;
    if (way.departures[d] && results.departures[d].items > 0 && std::find(from.begin(), from.end(), bay) != from.end())
      return true;
  }
  return false;
}

/// The departure on the way, from this bay, that left most behind; none: none left any.
DepartureIndex fullest(const Way& way, const Model& model, std::uint64_t seed, StationIndex bay) {
  RunOptions options;
  options.seed = seed;
  options.own_times = false;
  const Results results = simulate(model, options);
  std::int64_t most = 0;
  DepartureIndex found;
  for (const DepartureIndex d : way.departures.indices()) {
    const auto& from = model.departures[d].from;
    if (!way.departures[d] || std::find(from.begin(), from.end(), bay) == from.end()) continue;
    if (results.departures[d].missed <= most) continue;
    most = results.departures[d].missed;
    found = d;
  }
  return found;
}

}  // namespace

Way way_of(const Model& model, const Target& target) { return Trace(model, target).go(); }

Binding binding(const Experiment& experiment, std::size_t before, std::size_t here, const Target& target) {
  const Model& model = experiment.model(here);
  const Way way = way_of(model, target);
  const bool any_volume = before == here;
  std::vector<Cause> for_what = all_causes();  // at any volume whatever keeps the mail there may be the reason
  if (!any_volume) for_what.assign(std::begin(of_volume), std::end(of_volume));
  const Waits now = waits_of(way, model, experiment.seed(), for_what);
  Waits then;
  if (!any_volume) then = waits_of(way, experiment.model(before), experiment.seed(), for_what);
  std::vector<std::pair<double, std::pair<StationIndex, Cause>>> grown;
  for (const auto& [what, hours] : now)
    if (const double more = change(then[what], hours); more > 0) grown.emplace_back(more, what);
  std::stable_sort(grown.begin(), grown.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  for (const auto& [more, what] : grown) {
    if (!binds_by_itself(what.second)) return {};
    // Where vehicles do leave, the wait for them may follow from being late before: then nothing is said.
    if (what.second == Cause::waiting_for_departure && any_leaves(way, model, experiment.seed(), what.first)) return {};
    if (what.second != Cause::full_vehicle) return {what.first, none, what.second};
    const DepartureIndex departure = fullest(way, model, experiment.seed(), what.first);
    if (departure != none) return {what.first, departure, what.second};
  }
  return {};
}

}  // namespace mailflow
