#include "scenario/checks.hpp"

#include <fmt/format.h>

#include <Eigen/Dense>
#include <Eigen/Sparse>
#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <cmath>
#include <set>

#include "centre/rings.hpp"

namespace mailflow {

namespace {

/// One kind of mail: product and destination (-1: none).
struct Kind {
  int product;
  int destination;
  friend auto operator<=>(const Kind&, const Kind&) = default;
};

class Checker {
 public:
  Checker(const Model& model, const std::map<std::string, Place>& places, Problems& problems)
      : model_(model), places_(places), problems_(problems), n_(model.stations.size()) {
    total_ = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(n_));
    waits_.resize(n_);
  }

  void run() {
    sources();
    for (const auto& [kind, into] : offered_) flow(kind, into);
    unreached();
    overload();
    undelivered();
    small_queues();
    standstills();
    never_staffed();
    weightless();
    too_much();
  }

 private:
  Place place(const std::string& key) const {
    const auto found = places_.find(key);
    return found == places_.end() ? Place{} : found->second;
  }

  /// Items a tick that each source offers, by kind of mail and station.
  void sources() {
    const auto span = static_cast<double>(model_.end);
    for (const Source& s : model_.sources) {
      std::vector<double> items(model_.products.size(), 0);
      std::map<Kind, double> exact;
      for (std::size_t p = 0; p < items.size(); ++p) {
        const double share = s.mix.product.empty() ? 0 : s.mix.product[p];
        if (s.kind == Source::Kind::vehicles) items[p] = static_cast<double>(s.at.size()) * s.items[p].mean() / span;
        if (s.kind == Source::Kind::backlog) items[p] = s.items[p].mean() / span;
        if (s.kind == Source::Kind::gaps) items[p] = share * model_.products[p].lot_items / s.every.mean();
        for (std::size_t i = 0; s.kind == Source::Kind::rate && i < s.rate.size(); ++i) {
          const Ticks until = i + 1 < s.rate.size() ? s.rate[i + 1].from : model_.end;
          items[p] +=
              share * s.rate[i].items_per_tick * static_cast<double>(std::max<Ticks>(0, until - s.rate[i].from)) / span;
        }
      }
      for (const ReplayRow& row : s.rows) {
        if (row.destination < 0)
          items[static_cast<std::size_t>(row.product)] += static_cast<double>(row.items) / span;
        else
          exact[{row.product, row.destination}] += static_cast<double>(row.items) / span;
      }
      for (std::size_t p = 0; p < items.size(); ++p) {
        if (items[p] <= 0) continue;
        const auto& to = s.mix.destination;
        if (to.empty() || to[p].empty())
          exact[{static_cast<int>(p), -1}] += items[p];
        else
          for (std::size_t d = 0; d < to[p].size(); ++d)
            if (to[p][d] > 0) exact[{static_cast<int>(p), static_cast<int>(d)}] += items[p] * to[p][d];
      }
      for (const auto& [kind, rate] : exact) {
        auto& into = offered_[kind];
        into.resize(static_cast<Eigen::Index>(n_));
        if (into.size() != static_cast<Eigen::Index>(n_) || !seen_.contains(kind)) into.setZero();
        seen_.insert(kind);
        into(s.into) += rate;
      }
    }
    for (const MailThere& mail : model_.situation.mail) {
      const Kind kind{mail.product, mail.destination};
      auto& into = offered_[kind];
      if (into.size() != static_cast<Eigen::Index>(n_)) into.setZero(static_cast<Eigen::Index>(n_));
      seen_.insert(kind);
      into(mail.station) += static_cast<double>(mail.items) * mail.lots / static_cast<double>(model_.end);
    }
  }

  /// Where a kind of mail goes from a station: shares by station; what leaves goes to `out_`.
  void follow(const Route& route, int node, const Kind& kind, double share, std::map<std::size_t, double>& to,
              std::size_t from) {
    if (node < 0) {
      const std::string what =
          model_.products[static_cast<std::size_t>(kind.product)].name +
          (kind.destination < 0 ? " without a destination"
                                : " for " + model_.destinations[static_cast<std::size_t>(kind.destination)].name);
      if (stuck_.insert(what + model_.stations[from].name).second)
        problems_.error(place("stations " + model_.stations[from].name),
                        "station " + model_.stations[from].name + " does not say where " + what + " goes next",
                        "name it under next:, or add other:");
      return;
    }
    const RouteNode& at = route.nodes[static_cast<std::size_t>(node)];
    switch (at.kind) {
      case RouteNode::Kind::to:
        if (at.station >= 0 && share > 0) to[static_cast<std::size_t>(at.station)] += share;
        return;
      case RouteNode::Kind::by_product:
        follow(route, at.child[static_cast<std::size_t>(kind.product)], kind, share, to, from);
        return;
      case RouteNode::Kind::by_destination:
        follow(route, kind.destination < 0 ? -1 : at.child[static_cast<std::size_t>(kind.destination)], kind, share, to,
               from);
        return;
      case RouteNode::Kind::by_share:
        for (std::size_t i = 0; i < at.child.size(); ++i)
          follow(route, at.child[i], kind, share * at.share[i], to, from);
        return;
    }
  }

  /// The traffic equations of one kind of mail: visits = offered + visits P.
  void flow(const Kind& kind, const Eigen::VectorXd& into) {
    boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS> graph(n_ + 1);
    const auto out = n_;
    std::vector<std::map<std::size_t, double>> next(n_);
    const std::vector<bool> reached = reach(kind, into, next);
    for (std::size_t s = 0; s < n_; ++s) {
      if (!reached[s]) continue;
      reached_.insert(s);
      double stays = 0;
      for (const auto& [t, share] : next[s]) {
        stays += share;
        boost::add_edge(t, s, graph);  // backwards
        if (takes_in_hand(model_.stations[s].kind) && model_.stations[t].queue_holds >= 0)
          waits_[s].insert(static_cast<int>(t));
      }
      if (model_.stations[s].kind == StationKind::bay) bays_[kind].insert(static_cast<int>(s));
      if (stays < 1 - 1e-12) boost::add_edge(out, s, graph);
    }
    std::vector<boost::default_color_type> colour(n_ + 1);
    auto colours = boost::make_iterator_property_map(colour.begin(), boost::get(boost::vertex_index, graph));
    boost::breadth_first_search(graph, out, boost::color_map(colours));
    for (std::size_t s = 0; s < n_; ++s)
      if (reached[s] && colour[s] == boost::white_color) {
        const std::string& name = model_.products[static_cast<std::size_t>(kind.product)].name;
        if (hopeless_.insert(name).second)
          problems_.warning(
              place("products " + name),
              "product " + name + " has no way out: it goes round for ever from station " + model_.stations[s].name,
              "let some station on its way send it to a bay, or out");
        return;
      }
    solve(into, next, reached);
  }

  /// visits = offered + visits P over the stations reached.
  void solve(const Eigen::VectorXd& into, const std::vector<std::map<std::size_t, double>>& next,
             const std::vector<bool>& reached) {
    std::vector<Eigen::Index> at(n_, -1);
    Eigen::Index size = 0;
    for (std::size_t s = 0; s < n_; ++s)
      if (reached[s]) at[s] = size++;
    if (size == 0) return;
    std::vector<Eigen::Triplet<double>> shares;
    Eigen::VectorXd b = Eigen::VectorXd::Zero(size);
    for (std::size_t s = 0; s < n_; ++s) {
      if (!reached[s]) continue;
      b(at[s]) = into(static_cast<Eigen::Index>(s));
      shares.emplace_back(at[s], at[s], 1);
      for (const auto& [t, share] : next[s]) shares.emplace_back(at[t], at[s], -share);
    }
    Eigen::SparseMatrix<double> a(size, size);  // few stations follow one: near linear, where a full one is cubic
    a.setFromTriplets(shares.begin(), shares.end());
    Eigen::SparseLU<Eigen::SparseMatrix<double>> solver(a);
    if (solver.info() != Eigen::Success) return;
    const Eigen::VectorXd visits = solver.solve(b);
    for (std::size_t s = 0; s < n_; ++s)
      if (reached[s]) total_(static_cast<Eigen::Index>(s)) += visits(at[s]);
  }

  std::vector<bool> reach(const Kind& kind, const Eigen::VectorXd& into,
                          std::vector<std::map<std::size_t, double>>& next) {
    std::vector<bool> reached(n_, false);
    std::vector<std::size_t> todo;
    for (std::size_t s = 0; s < n_; ++s)
      if (into(static_cast<Eigen::Index>(s)) > 0) todo.push_back(s);
    while (!todo.empty()) {
      const std::size_t s = todo.back();
      todo.pop_back();
      if (reached[s]) continue;
      reached[s] = true;
      const Station& station = model_.stations[s];
      double rest = 1;
      for (const Diversion& d : station.diversions) {
        follow(d.next, 0, kind, d.share, next[s], s);
        rest -= d.share;
      }
      if (!station.next.nodes.empty() && rest > 1e-12) follow(station.next, 0, kind, rest, next[s], s);
      for (const auto& [t, share] : next[s]) todo.push_back(t);
    }
    return reached;
  }

  void unreached() {
    for (std::size_t s = 0; s < n_; ++s)
      if (!reached_.contains(s))
        problems_.warning(place("stations " + model_.stations[s].name),
                          "no mail reaches station " + model_.stations[s].name,
                          "send some there with next: or into:, or remove it");
  }

  /// Agent-ticks on duty that a station can count on at most, of all teams with its skill.
  double agent_ticks(int skill) const {
    double total = 0;
    for (const Team& team : model_.teams)
      for (const Skilled& s : team.skills)
        if (s.skill == skill)
          for (const Duty& duty : team.duties) {
            Ticks on = std::min(duty.span.to, model_.end) - std::max<Ticks>(0, duty.span.from);
            for (const ShiftBreak& b : duty.breaks) on -= b.lasts;
            total +=
                team.agents_on(duty) * (1 - team.absent) * s.proficiency * static_cast<double>(std::max<Ticks>(0, on));
          }
    return total;
  }

  void overload() {
    if (total_.size() == 0) return;
    for (std::size_t s = 0; s < n_; ++s) {
      const Station& station = model_.stations[s];
      if (station.kind != StationKind::manual && station.kind != StationKind::machine) continue;
      double ticks_per_item = station.items_per_tick > 0 ? 1 / station.items_per_tick : station.service.mean();
      if (station.service_per_lot) ticks_per_item /= largest_handled();
      const auto span = static_cast<double>(model_.end);
      const double work =
          total_(static_cast<Eigen::Index>(s)) * ticks_per_item * station.passes;  // servers needed at all times
      double open = span;
      if (!station.always_open) {
        open = 0;
        for (const Span& o : station.open)
          open += static_cast<double>(std::min(o.to, model_.end) - std::min(o.from, model_.end));
      }
      const double down = share_down(station);
      double servers = station.servers * open / span * (1 - down);
      std::string why =
          fmt::format("{} {} open {:.0f} % of the time", station.servers,
                      station.kind == StationKind::manual ? (station.servers == 1 ? "position" : "positions")
                                                          : (station.servers == 1 ? "machine" : "machines"),
                      100 * open / span);
      if (down > 0) why += fmt::format(" and in repair {:.0f} % of it", 100 * down);
      if (station.skill >= 0) {
        const double staffed = agent_ticks(station.skill) / span / station.crew;
        if (staffed < servers) {
          servers = staffed;
          why = fmt::format("the agents on duty with skill {}", model_.skills[static_cast<std::size_t>(station.skill)]);
          if (staffed <= 0) continue;  // nobody has the skill: told already
        }
      }
      if (work > servers * (1 + 1e-9)) {
        const double offered = total_(static_cast<Eigen::Index>(s)) * static_cast<double>(hour);
        problems_.warning(place("stations " + station.name),
                          fmt::format("station {} is offered {} items/h on average and can do at most {} with {}",
                                      station.name, pace(offered), pace(offered * servers / work), why),
                          fmt::format("mail will pile up, on average at least {:.0f} items by the end: raise its rate, "
                                      "positions, hours or staff",
                                      total_(static_cast<Eigen::Index>(s)) * (1 - servers / work) * span));
      }
    }
  }

  static std::string pace(double items_per_hour) {
    return items_per_hour < 100 ? fmt::format("{:.3g}", items_per_hour) : fmt::format("{:.0f}", items_per_hour);
  }

  /// The share of its working time that a server is in repair.
  static double share_down(const Station& station) {
    if (!station.breakdown.present) return 0;
    const double repair = station.breakdown.repair.mean();
    return repair / (station.breakdown.every.mean() + repair);
  }

  double largest_lot() const {
    int most = 1;
    for (const Product& p : model_.products) most = std::max(most, p.lot_items);
    return most;
  }

  /// Items that may be handled together at most: a lot as it comes, or what a station gathers into a bag.
  double largest_handled() const {
    double most = largest_lot();
    for (const Station& station : model_.stations)
      if (station.kind == StationKind::bagging) most = std::max(most, static_cast<double>(station.bag_items));
    return most;
  }

  /// Stations that are open only when nobody with their skill is on duty.
  void never_staffed() {
    if (!model_.plan.teams.empty()) return;  // it may choose other numbers and shifts
    for (const Station& station : model_.stations) {
      if (station.skill < 0) continue;
      bool held = false;
      bool together = false;
      for (const Team& team : model_.teams) {
        if (team.agents <= 0 || team.absent >= 1) continue;
        if (std::none_of(team.skills.begin(), team.skills.end(),
                         [&](const Skilled& s) { return s.skill == station.skill; }))
          continue;
        held = true;
        for (const Duty& duty : team.duties) {
          const Span in_run{std::max<Ticks>(0, duty.span.from), std::min(duty.span.to, model_.end)};
          if (in_run.to <= in_run.from || team.agents_on(duty) <= 0) continue;
          together = together || station.always_open ||
                     std::any_of(station.open.begin(), station.open.end(), [&](const Span& open) {
                       return std::max(open.from, in_run.from) < std::min(open.to, in_run.to);
                     });
        }
      }
      if (!held || together) continue;  // that nobody has the skill at all is told where staff is read
      const std::string& skill = model_.skills[static_cast<std::size_t>(station.skill)];
      problems_.warning(
          place("stations " + station.name),
          station.always_open
              ? fmt::format("nobody with the skill {} is on duty within the run, so station {} never works", skill,
                            station.name)
              : fmt::format("station {} is open only when nobody with the skill {} is on duty, so it "
                            "never works",
                            station.name, skill),
          "let its hours and a shift of a team with the skill overlap");
    }
  }

  /// A bound in kg on mail without weight.
  void weightless() {
    for (const Departure& departure : model_.departures) {
      if (departure.capacity_kg <= 0) continue;
      std::set<int> light;
      for (const auto& [kind, bays] : bays_)
        for (const int bay : bays) {
          const bool here = std::find(departure.from.begin(), departure.from.end(), bay) != departure.from.end();
          const bool taken = departure.serves_all ||
                             (kind.destination >= 0 && departure.serves[static_cast<std::size_t>(kind.destination)]);
          if (here && taken && model_.products[static_cast<std::size_t>(kind.product)].weight_kg <= 0)
            light.insert(kind.product);
        }
      std::string names;
      for (const int p : light)
        names += (names.empty() ? "" : ", ") + model_.products[static_cast<std::size_t>(p)].name;
      if (!light.empty())
        problems_.warning(place("departures " + departure.name),
                          fmt::format("{} {} no weight, so the capacity of {:.6g} kg of departure {} never bounds {}",
                                      names, light.size() == 1 ? "has" : "have", departure.capacity_kg, departure.name,
                                      light.size() == 1 ? "it" : "them"),
                          "give products weight:, or the capacity in items");
    }
  }

  /// More lots than a run gets through while somebody waits for it.
  void too_much() {
    constexpr double most_lots = 1e9;
    constexpr double lots_a_minute = 1e8;
    std::vector<double> lots(model_.products.size(), 0);
    double all = 0;
    for (const auto& [kind, into] : offered_) {
      const auto p = static_cast<std::size_t>(kind.product);
      const double of_kind = into.sum() * static_cast<double>(model_.end) / model_.products[p].lot_items;
      lots[p] += of_kind;
      all += of_kind;
    }
    if (!(all > most_lots)) return;
    const auto most = static_cast<std::size_t>(std::max_element(lots.begin(), lots.end()) - lots.begin());
    const std::string& name = model_.products[most].name;
    problems_.warning(
        place("products " + name),
        fmt::format("{:.0f} million lots come in the run, most of them of {}: a run of them takes some {:.0f} "
                    "minutes or more",
                    all / 1e6, name, std::max(1.0, all / lots_a_minute)),
        "give the product larger lots (lot: 50 items), the run fewer days, or check the arrivals");
  }

  void undelivered() {
    for (const auto& [kind, bays] : bays_) {
      for (const int bay : bays) {
        const bool served = std::any_of(model_.departures.begin(), model_.departures.end(), [&](const Departure& d) {
          const bool here = std::find(d.from.begin(), d.from.end(), bay) != d.from.end();
          return here && !d.at.empty() &&
                 (d.serves_all || (kind.destination >= 0 && d.serves[static_cast<std::size_t>(kind.destination)]));
        });
        if (served) continue;
        const std::string what =
            kind.destination < 0
                ? "mail without a destination"
                : "destination " + model_.destinations[static_cast<std::size_t>(kind.destination)].name;
        if (!told_.insert(what + model_.stations[static_cast<std::size_t>(bay)].name).second) continue;
        const Place at =
            kind.destination < 0
                ? place("stations " + model_.stations[static_cast<std::size_t>(bay)].name)
                : place("destinations " + model_.destinations[static_cast<std::size_t>(kind.destination)].name);
        problems_.warning(
            at, "no departure serves " + what + " from " + model_.stations[static_cast<std::size_t>(bay)].name,
            "add it to the to: of a departure within the run");
      }
    }
  }

  void small_queues() {
    for (const Station& station : model_.stations)
      if (station.queue_holds > 0 && static_cast<double>(station.queue_holds) < largest_lot())
        problems_.warning(place("stations " + station.name),
                          fmt::format("the queue of {} holds {} items, fewer than a lot of {:.0f}", station.name,
                                      station.queue_holds, largest_lot()),
                          "such a lot enters only when the queue is empty");
  }

  /// Rings of stations with bounded queues that the mail of the run can fill: they may come to wait for each other.
  void standstills() {
    double items = 0;
    for (const auto& [kind, into] : offered_) items += into.sum() * static_cast<double>(model_.end);
    const std::vector<int> ring_of = rings_of(waits_);
    std::map<int, std::vector<int>> rings;
    for (std::size_t s = 0; s < n_; ++s)
      if (ring_of[s] >= 0) rings[ring_of[s]].push_back(static_cast<int>(s));
    for (const auto& [number, ring] : rings) {
      const Round round = smallest_round(model_, waits_, ring);
      if (round.stations.empty() || items <= static_cast<double>(round.holds)) continue;
      std::string names;
      for (const int s : round.stations)
        names += (names.empty() ? "" : ", ") + model_.stations[static_cast<std::size_t>(s)].name;
      const std::string& first = model_.stations[static_cast<std::size_t>(round.stations[0])].name;
      if (round.stations.size() == 1)
        problems_.warning(
            place("stations " + first),
            fmt::format("station {} sends mail back into its own queue, which holds {}: once that is full "
                        "it waits for room that nobody else can make, and stands still for ever",
                        first, counted_items(round.holds)),
            "leave its queue without holds:, or send that mail to another station");
      else
        problems_.warning(
            place("stations " + first),
            fmt::format("mail goes round from {} to {} again, and their queues hold {} together: once all "
                        "are full they wait for each other, and stand still for ever",
                        names, first, counted_items(round.holds)),
            "leave one of these queues without holds:, or put a conveyor between two of them");
    }
  }

  static std::string counted_items(std::int64_t n) { return fmt::format("{} item{}", n, n == 1 ? "" : "s"); }

  const Model& model_;
  const std::map<std::string, Place>& places_;
  Problems& problems_;
  std::size_t n_;
  std::map<Kind, Eigen::VectorXd> offered_;
  std::set<Kind> seen_;
  std::set<std::size_t> reached_;
  std::map<Kind, std::set<int>> bays_;
  std::set<std::string> stuck_, hopeless_, told_;
  Eigen::VectorXd total_;
  Waits waits_;  ///< of the mail that comes
};

}  // namespace

void warn_of_hopeless(const Model& model, const std::map<std::string, Place>& places, Problems& problems) {
  Checker(model, places, problems).run();
}

}  // namespace mailflow
