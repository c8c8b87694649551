#include "experiment/binding.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "centre/simulate.hpp"

namespace mailflow {

namespace {

constexpr int replications_run = 3;

/// Mail of one product and destination (-1: none).
using Mail = std::pair<int, int>;

std::size_t at(int index) { return static_cast<std::size_t>(index); }

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
    if (model_.inbound >= 0)
      for (std::size_t p = 0; p < model_.products.size(); ++p)
        for (std::size_t d = 0; d < model_.destinations.size(); ++d)
          enter({static_cast<int>(p), static_cast<int>(d)}, model_.inbound);
    if (target_.station >= 0) keep_what_leads_to(target_.station);
    if (target_.team >= 0) keep_where_works(model_.teams[at(target_.team)]);
    return way_;
  }

 private:
  std::vector<Mail> mail_of(const Source& source) const {
    std::vector<Mail> all;
    const auto add = [&](int product, int destination) {
      if (destination >= 0) {
        all.emplace_back(product, destination);
        return;
      }
      const auto& mix = source.mix.destination;
      if (at(product) >= mix.size() || mix[at(product)].empty()) all.emplace_back(product, -1);
      for (std::size_t d = 0; at(product) < mix.size() && d < mix[at(product)].size(); ++d)
        if (mix[at(product)][d] > 0) all.emplace_back(product, static_cast<int>(d));
    };
    if (source.kind == Source::Kind::replay) {
      std::set<Mail> seen;
      for (const ReplayRow& row : source.rows)
        if (row.items > 0 && seen.insert({row.product, row.destination}).second) add(row.product, row.destination);
      return all;
    }
    const bool by_items = source.kind == Source::Kind::vehicles || source.kind == Source::Kind::backlog;
    for (std::size_t p = 0; p < model_.products.size(); ++p) {
      const bool comes = by_items ? p < source.items.size() && source.items[p].mean() > 0
                                  : p < source.mix.product.size() && source.mix.product[p] > 0;
      if (comes) add(static_cast<int>(p), -1);
    }
    return all;
  }

  bool wanted(const Mail& mail) const {
    if (target_.product >= 0 && target_.product != mail.first) return false;
    if (target_.destination >= 0 && target_.destination != mail.second) return false;
    return target_.departure < 0 || takes(model_.departures[at(target_.departure)], mail);
  }
  static bool takes(const Departure& departure, const Mail& mail) {
    return departure.serves_all || (mail.second >= 0 && departure.serves[at(mail.second)]);
  }

  void enter(const Mail& mail, int station) {
    if (!wanted(mail) || station < 0) return;
    way_.products[at(mail.first)] = true;
    std::vector<int> open = {station};
    while (!open.empty()) {
      const int s = open.back();
      open.pop_back();
      if (!seen_.insert({mail, s}).second) continue;
      way_.stations[at(s)] = true;
      const Station& is = model_.stations[at(s)];
      if (is.kind == StationKind::bay) leave(mail, s);
      std::vector<int> next;
      follow(is.next, 0, mail, next);
      for (const Diversion& diversion : is.diversions)
        if (diversion.share > 0) follow(diversion.next, 0, mail, next);
      for (const int n : next) {
        before_[n].insert(s);
        open.push_back(n);
      }
    }
  }
  void leave(const Mail& mail, int bay) {
    for (std::size_t d = 0; d < model_.departures.size(); ++d) {
      const Departure& departure = model_.departures[d];
      if (target_.departure >= 0 && at(target_.departure) != d) continue;
      if (std::find(departure.from.begin(), departure.from.end(), bay) != departure.from.end() &&
          takes(departure, mail))
        way_.departures[d] = true;
    }
  }
  /// Stations that a route leads this mail to.
  static void follow(const Route& route, int node, const Mail& mail, std::vector<int>& found) {
    if (node < 0 || at(node) >= route.nodes.size()) return;
    const RouteNode& is = route.nodes[at(node)];
    switch (is.kind) {
      case RouteNode::Kind::to:
        if (is.station >= 0) found.push_back(is.station);
        return;
      case RouteNode::Kind::by_product:
        return follow(route, is.child[at(mail.first)], mail, found);
      case RouteNode::Kind::by_destination:
        if (mail.second >= 0) follow(route, is.child[at(mail.second)], mail, found);
        return;
      case RouteNode::Kind::by_share:
        for (std::size_t i = 0; i < is.child.size(); ++i)
          if (is.share[i] > 0) follow(route, is.child[i], mail, found);
        return;
    }
  }

  /// A wait at a station is that station's alone; a pace there is also of those before it.
  void keep_what_leads_to(int station) {
    std::set<int> kept;
    std::vector<int> open = {station};
    while (!open.empty()) {
      const int s = open.back();
      open.pop_back();
      if (!kept.insert(s).second || target_.measure == Target::Measure::longest_wait) continue;
      const auto before = before_.find(s);
      if (before != before_.end()) open.insert(open.end(), before->second.begin(), before->second.end());
    }
    for (std::size_t s = 0; s < way_.stations.size(); ++s)
      way_.stations[s] = way_.stations[s] && kept.contains(static_cast<int>(s));
  }
  void keep_where_works(const Team& team) {
    for (std::size_t s = 0; s < way_.stations.size(); ++s) {
      const int skill = model_.stations[s].skill;
      const bool can = std::any_of(team.skills.begin(), team.skills.end(),
                                   [&](const Skilled& has) { return skill >= 0 && has.skill == skill; });
      way_.stations[s] = way_.stations[s] && can;
    }
  }

  const Model& model_;
  const Target& target_;
  Way way_;
  std::set<std::pair<Mail, int>> seen_;
  std::map<int, std::set<int>> before_;
};

/// Item-hours waited on the way by the target's products, per item of theirs.
using Waits = std::map<std::pair<int, Cause>, double>;

Waits waits_of(const Way& way, const Model& model, std::uint64_t seed) {
  Waits waits;
  double items = 0;
  for (int r = 1; r <= replications_run; ++r) {
    RunOptions options;
    options.seed = seed;
    options.replication = static_cast<std::uint64_t>(r);
    options.own_times = false;
    const Results results = simulate(model, options);
    for (std::size_t p = 0; p < way.products.size(); ++p) {
      if (!way.products[p]) continue;
      items += static_cast<double>(results.products[p].at_start + results.products[p].in);
      for (std::size_t s = 0; s < way.stations.size(); ++s)
        for (const Cause cause : {Cause::waiting_for_staff, Cause::waiting_for_machine, Cause::full_vehicle})
          if (way.stations[s])
            waits[{static_cast<int>(s), cause}] +=
                in_hours(results.stations[s].cause[p][static_cast<std::size_t>(cause)]);
    }
  }
  for (auto& [what, hours] : waits) hours /= std::max(1.0, items);
  return waits;
}

/// The departure on the way, from this bay, that left most behind; -1: none left any.
int fullest(const Way& way, const Model& model, std::uint64_t seed, int bay) {
  RunOptions options;
  options.seed = seed;
  options.own_times = false;
  const Results results = simulate(model, options);
  std::int64_t most = 0;
  int found = -1;
  for (std::size_t d = 0; d < way.departures.size(); ++d) {
    const auto& from = model.departures[d].from;
    if (!way.departures[d] || std::find(from.begin(), from.end(), bay) == from.end()) continue;
    if (results.departures[d].missed <= most) continue;
    most = results.departures[d].missed;
    found = static_cast<int>(d);
  }
  return found;
}

}  // namespace

Way way_of(const Model& model, const Target& target) { return Trace(model, target).go(); }

Binding binding(const Experiment& experiment, std::size_t before, std::size_t here, const Target& target) {
  const Model& model = experiment.model(here);
  const Way way = way_of(model, target);
  const Waits now = waits_of(way, model, experiment.seed());
  Waits then;
  if (before != here) then = waits_of(way, experiment.model(before), experiment.seed());
  std::vector<std::pair<double, std::pair<int, Cause>>> grown;
  for (const auto& [what, hours] : now)
    if (hours > then[what]) grown.emplace_back(hours - then[what], what);
  std::stable_sort(grown.begin(), grown.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  for (const auto& [more, what] : grown) {
    if (what.second != Cause::full_vehicle) return {what.first, -1, what.second};
    const int departure = fullest(way, model, experiment.seed(), what.first);
    if (departure >= 0) return {what.first, departure, what.second};
  }
  return {};
}

}  // namespace mailflow
