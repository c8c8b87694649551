// Stations that cannot do what they are offered, alone or together with those that share their people.
#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <set>

#include "core/words.hpp"
#include "scenario/checks/checks_loads.hpp"
#include "scenario/checks/traffic.hpp"
#include "scenario/kinds/table.hpp"

namespace mailflow {

namespace {

constexpr double unbounded = std::numeric_limits<double>::infinity();

/// Stations at which none but the same people can work.
struct Sharing {
  std::vector<StationIndex> stations;  ///< those that mail comes to first before those after them
  double agents = 0;                   ///< agent-ticks that can be worked there at most
  std::vector<Doable> when;            ///< those, by time
  double needs = 0;                    ///< agent-ticks of what is offered
  double most_needs = 0;               ///< of the station that needs most
  StationIndex most_at;
  double standing = 0;  ///< items that nobody gets to, on average
};

/// The most work that lacks at the end: of all that comes from some instant on, more than can be done from then on.
/// `arrivals`: work that comes, by time, of which `needs` is the whole; `doable` likewise, of which `most` is the
/// whole.
double lacking(const std::vector<std::pair<Ticks, double>>& arrivals, double needs, const std::vector<Doable>& doable,
               double most) {
  double come = 0, done = 0;
  for (const auto& [at, work] : arrivals) come += work;
  for (const Doable& d : doable) done += d.work;
  double lacks = needs - most;
  double before = 0, done_before = 0;
  std::size_t d = 0;
  for (const auto& [at, work] : arrivals) {
    for (; d < doable.size() && doable[d].to <= at; ++d) done_before += doable[d].work;
    double until = done_before;
    if (d < doable.size() && doable[d].from < at)
      until += doable[d].work * static_cast<double>(at - doable[d].from) /
               static_cast<double>(doable[d].to - doable[d].from);
    if (come > 0 && done > 0) lacks = std::max(lacks, needs * (1 - before / come) - most * (1 - until / done));
    before += work;
  }
  return lacks;
}

class Overload {
 public:
  Overload(const Check& check, const Loads& loads, Capacities& capacities)
      : check_(check),
        model_(check.model),
        capacities_(capacities),
        loads_(loads),
        traffic_(loads),
        arriving_(arriving_mail(model_)),
        n_(model_.stations.size()),
        shared_(n_, false) {
    for (const StationIndex s : model_.stations.indices()) {
      const Capacity& c = capacities_[s];
      if (takes_in_hand(model_.stations[s].kind)) traffic_.most[s] = c.item > 0 ? c.together / c.item : unbounded;
    }
  }

  double run() {
    std::vector<Sharing> sharing = sharings();
    spread();
    for (bool found = true; found;) {
      found = false;
      std::size_t first = n_ + 1;
      Sharing* worst = nullptr;
      for (Sharing& s : sharing) {
        weigh(s);
        const std::size_t rank = traffic_.rank[s.stations[0]];
        if (s.standing <= 0 || rank > first || (rank == first && worst != nullptr && s.standing <= worst->standing))
          continue;
        first = rank;
        worst = &s;
      }
      if (worst == nullptr) break;
      found = true;
      tell(*worst);
      for (const StationIndex s : worst->stations) {
        shared_[s] = true;
        traffic_.cut[s] = worst->agents / worst->needs;
        traffic_.most[s] = unbounded;
      }
      told_together_ += worst->standing;
      spread();
    }
    double standing = told_together_;
    for (const StationIndex s : model_.stations.indices()) standing += alone(s);
    return standing;
  }

 private:
  void spread() {
    traffic_.spread();
    alone_.assign(n_, 0);
    std::vector<StationIndex> all;
    for (const StationIndex s : model_.stations.indices()) all.push_back(s);
    for (const StationIndex s : in_order(all)) alone_[s] = std::max(0.0, standing_alone(s));
  }

  /// Agent-ticks of an item at a station, by its quickest agents.
  double agent_ticks(StationIndex s) const {
    const Capacity& c = capacities_[s];
    return c.hands.empty() ? 0 : c.item * model_.stations[s].crew / c.hands[0].pace;
  }

  /// All sets of stations that may be worth a look: those that only teams of one set can work at.
  std::vector<Sharing> sharings() {
    std::map<std::vector<TeamIndex>, std::vector<StationIndex>> by_teams;
    for (const StationIndex s : model_.stations.indices()) {
      if (capacities_[s].hands.empty() || capacities_[s].never_works(model_.stations[s])) continue;
      std::vector<TeamIndex> teams;
      for (const Hand& h : capacities_[s].hands) teams.push_back(h.team);
      std::sort(teams.begin(), teams.end());
      by_teams[teams].push_back(s);
    }
    std::set<std::vector<StationIndex>> sets;
    constexpr std::size_t most_sets = 100;  // of more, which shipped centres are far from, only the whole is looked at
    for (const auto& [teams, own] : by_teams) {
      std::vector<StationIndex> stations;
      for (const auto& [others, theirs] : by_teams)
        if (by_teams.size() <= most_sets && std::includes(teams.begin(), teams.end(), others.begin(), others.end()))
          stations.insert(stations.end(), theirs.begin(), theirs.end());
      sets.insert(in_order(stations));
    }
    std::vector<StationIndex> whole;
    for (const auto& [teams, own] : by_teams) whole.insert(whole.end(), own.begin(), own.end());
    sets.insert(in_order(whole));
    std::vector<Sharing> all;
    for (const auto& stations : sets)
      if (stations.size() > 1) all.push_back(agents_at(stations));
    return all;
  }

  std::vector<StationIndex> in_order(std::vector<StationIndex> stations) const {
    std::sort(stations.begin(), stations.end(),
              [&](StationIndex a, StationIndex b) { return traffic_.rank[a] < traffic_.rank[b]; });
    return stations;
  }

  /// Agent-ticks worked at some stations at most: at any instant as many as are on duty, and as stations are open for.
  Sharing agents_at(const std::vector<StationIndex>& stations) {
    struct Change {
      Ticks at;
      double agents, posts;
    };
    std::vector<Change> changes;
    std::map<TeamIndex, Hand> teams;
    double after = 0;  // what is finished when people leave and stations close
    double leaving = 0;
    for (const StationIndex s : stations) {
      const Station& station = model_.stations[s];
      const double posts = static_cast<double>(station.servers) * station.crew;
      for (const Hand& h : capacities_[s].hands) teams[h.team] = {h.team, 1};
      leaving = std::max(leaving, capacities_[s].on_leaving / capacities_[s].slowest());
      for (const Span& o : open_in_run(model_, station)) {
        changes.push_back({o.from, 0, posts});
        changes.push_back({o.to, 0, -posts});
        if (o.to < model_.end) after += posts * capacities_[s].on_closing / capacities_[s].slowest();
      }
    }
    Hands hands;
    for (const auto& [team, hand] : teams) hands.push_back(hand);
    double before = 0;
    for (const PresenceStep& step : capacities_.presence(hands)) {
      const double agents = std::accumulate(step.average.begin(), step.average.end(), 0.0);
      changes.push_back({step.from, agents - before, 0});
      if (step.from < model_.end) after += std::max(0.0, before - agents) * leaving;
      before = agents;
    }
    std::sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) { return a.at < b.at; });
    Sharing sharing{stations, after};
    double agents = 0, posts = 0;
    for (std::size_t i = 0; i + 1 < changes.size(); ++i) {
      agents += changes[i].agents;
      posts += changes[i].posts;
      const auto lasts = static_cast<double>(changes[i + 1].at - changes[i].at);
      const double work = std::max(0.0, std::min(agents, posts)) * lasts;
      if (lasts > 0) sharing.when.push_back({changes[i].at, changes[i + 1].at, work});
      sharing.agents += work;
    }
    return sharing;
  }

  /// Work that comes with the mail of the run, when an item has so much of it to come at each station.
  std::vector<std::pair<Ticks, double>> arrivals(const Rows<Station, double>& to_come) const {
    std::vector<std::pair<Ticks, double>> all;
    for (const Arriving& a : arriving_)
      if (to_come[a.station] > 0) all.emplace_back(a.at, a.items * to_come[a.station]);
    return all;
  }

  /// As much mail comes to a station as if all before it kept up.
  bool all_comes(StationIndex s, double visits) const { return visits >= loads_.visits[s] * (1 - 1e-6); }

  /// What of the mail at these stations nobody gets to: the least number of items with so much work still to come. It
  /// is left at 0 where those that stand at single stations for want of positions or hours are no fewer.
  void weigh(Sharing& sharing) {
    sharing.needs = sharing.standing = sharing.most_needs = 0;
    for (const StationIndex s : sharing.stations)
      if (shared_[s]) return;
    const Rows<Station, double> comes = comes_without_bounds(sharing.stations);
    Rows<Station, double> work(n_, 0);
    bool all_come = true;
    for (const StationIndex s : sharing.stations) {
      work[s] = agent_ticks(s);
      sharing.needs += comes[s] * work[s];
      if (comes[s] * work[s] > sharing.most_needs) {
        sharing.most_needs = comes[s] * work[s];
        sharing.most_at = s;
      }
      all_come = all_come && all_comes(s, comes[s]);
    }
    double left = sharing.needs - sharing.agents;
    if (left <= 1e-9 * sharing.needs) return;
    const Rows<Station, double> to_come = traffic_.still_to_come(work);
    if (all_come)
      left = lacking(arrivals(to_come), sharing.needs, sharing.when, sharing.agents);
    else
      left = std::min(left, surely_offered(sharing.stations, work, to_come) - sharing.agents);
    std::vector<StationIndex> hardest = sharing.stations;
    std::sort(hardest.begin(), hardest.end(), [&](StationIndex a, StationIndex b) { return to_come[a] > to_come[b]; });
    double items = 0;
    for (const StationIndex s : hardest) {
      if (left <= 0 || to_come[s] <= 0) break;
      const double here = std::min(comes[s], left / to_come[s]);
      items += here;
      left -= here * to_come[s];
    }
    double alone = 0;
    for (const StationIndex s : sharing.stations) alone += alone_[s];
    if (items >= 1 && items > alone * 1.001) sharing.standing = items;
  }

  /// Items that come to stations when none of these holds any back.
  Rows<Station, double> comes_without_bounds(const std::vector<StationIndex>& stations) const {
    if (std::none_of(stations.begin(), stations.end(),
                     [&](StationIndex s) { return traffic_.comes[s] > traffic_.done[s]; }))
      return traffic_.comes;
    Traffic free = traffic_;
    free.comes = loads_.visits;
    for (const StationIndex s : stations) free.most[s] = unbounded;
    free.spread();
    return free.comes;
  }

  void tell(const Sharing& sharing) const {
    std::vector<std::string> names;
    for (const StationIndex s : sharing.stations)
      if (traffic_.comes[s] > 0) names.push_back(model_.stations[s].name);
    const auto hours = [](double ticks) { return grouped_digits(ticks / static_cast<double>(hour)); };
    // where one of them takes most of it, the fault is likely there
    const bool one_takes_most = names.size() > 1 && sharing.most_needs > sharing.needs * 2 / 3;
    const std::string& most = model_.stations[sharing.most_at].name;
    check_.problems.warning(
        check_.place("stations " + (one_takes_most ? most : names[0])),
        one_takes_most
            ? tr("stations {} share their people: the mail of the run needs {} agent-hours there, {} of them at {}, "
                 "and at most {} can be worked",
                 listed(names), hours(sharing.needs), hours(sharing.most_needs), most, hours(sharing.agents))
            : tr_plural("station {} share their people: the mail of the run needs {} agent-hours there, and at most {} "
                        "can be worked",
                        "stations {} share their people: the mail of the run needs {} agent-hours there, and at most "
                        "{} can be worked",
                        static_cast<long>(names.size()), listed(names), hours(sharing.needs), hours(sharing.agents)),
        pile_up(sharing.standing, tr("rates, agents or their hours")));
  }

  static std::string pile_up(double items, const std::string& raise) {
    return tr("mail will pile up, on average about {} items or more by the end: raise {}", roughly(items), raise);
  }

  /// Tells of a station that cannot do alone what it is offered, and gives the items that stand there.
  double alone(StationIndex s) {
    const Station& station = model_.stations[s];
    if (shared_[s] || !takes_in_hand(station.kind)) return 0;
    if (capacities_[s].never_works(station)) return traffic_.comes[s];  // told already
    const double standing = alone_[s];
    if (standing < 1) return std::max(0.0, traffic_.comes[s] - traffic_.done[s]);
    const double hours = static_cast<double>(model_.end - run_begins(model_)) / static_cast<double>(hour);
    check_.problems.warning(
        check_.place("stations " + station.name),
        tr("station {} is offered {} items/h on average and can do at most {} with {}", station.name,
           pace(traffic_.comes[s] / hours), pace(traffic_.done[s] / hours), cause(station, capacities_[s])),
        pile_up(standing, tr("its rate, positions, hours or staff")));
    return standing;
  }

  /// Work that comes to stations even if all that others hold back is bound for them.
  double surely_offered(const std::vector<StationIndex>& stations, const Rows<Station, double>& work,
                        const Rows<Station, double>& to_come) const {
    double offered = 0;
    for (const StationIndex s : stations) offered += loads_.visits[s] * work[s];
    double held = told_together_;
    for (const StationIndex s : model_.stations.indices())
      if (takes_in_hand(model_.stations[s].kind) && !shared_[s] &&
          std::find(stations.begin(), stations.end(), s) == stations.end())
        held += std::max(alone_[s], traffic_.comes[s] - traffic_.done[s]);
    return offered - held * *std::max_element(to_come.begin(), to_come.end());
  }

  /// Items that stand at a station at the end for its own bounds alone: by what comes and is done in the run, and where
  /// nothing before it holds any back, by when.
  double standing_alone(StationIndex s) {
    const double standing = traffic_.comes[s] - traffic_.done[s];
    if (standing < 1 || !takes_in_hand(model_.stations[s].kind)) return 0;
    Rows<Station, double> work(n_, 0);
    work[s] = 1;
    const Rows<Station, double> to_come = traffic_.still_to_come(work);
    const double visits_each = to_come[s];  // of an item that comes there anew
    const double visits = (traffic_.comes[s] - traffic_.done[s] * (1 - 1 / visits_each)) * visits_each;
    if (!all_comes(s, visits))
      return std::min(standing, (surely_offered({s}, work, to_come) - traffic_.most[s]) / visits_each);
    return std::max(standing,
                    lacking(arrivals(to_come), visits, capacities_.doable(s), traffic_.most[s]) / visits_each);
  }

  std::string cause(const Station& station, const Capacity& c) const {
    const auto of_run = [&](Ticks ticks) {
      const double percent = 100.0 * static_cast<double>(ticks) / static_cast<double>(model_.end - run_begins(model_));
      return percent < 10 ? fmt::format("{:.2g} %", percent) : fmt::format("{:.0f} %", percent);
    };
    const std::string servers = station.kind == StationKind::machine
                                    ? tr_plural("{} machine", "{} machines", station.servers, station.servers)
                                    : tr_plural("{} position", "{} positions", station.servers, station.servers);
    const std::string repair = c.down > 0 ? tr(" and in repair {:.0f} % of it", 100 * c.down) : "";
    constexpr double as_much = 0.98;
    if (station.skill == none || (c.open <= c.people && c.together >= as_much * c.open))
      return tr("{} open {} of the time{}", servers, of_run(c.open_for), repair);
    if (c.together >= as_much * c.people && c.people < c.open)
      return tr("the agents on duty with skill {}", model_.skills[station.skill]);
    return tr("{} open and staffed {} of the time{}", servers, of_run(c.manned_for), repair);
  }

  static std::string pace(double items_per_hour) {
    return items_per_hour < 100 ? fmt::format("{:.3g}", items_per_hour) : grouped_digits(items_per_hour);
  }

  const Check& check_;
  const Model& model_;
  Capacities& capacities_;
  const Loads& loads_;
  Traffic traffic_;
  std::vector<Arriving> arriving_;
  std::size_t n_;
  Rows<Station, bool> shared_;   ///< told of together with others
  Rows<Station, double> alone_;  ///< what standing_alone() finds
  double told_together_ = 0;     ///< items that stand at stations told of together
};

}  // namespace

double warn_of_overload(const Check& check, const Loads& loads, Capacities& capacities) {
  return Overload(check, loads, capacities).run();
}

}  // namespace mailflow
