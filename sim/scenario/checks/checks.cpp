#include "scenario/checks/checks.hpp"

#include <fmt/format.h>

#include <Eigen/Dense>
#include <Eigen/Sparse>
#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <cmath>
#include <set>

#include "centre/rings.hpp"
#include "core/words.hpp"
#include "scenario/checks/checks_loads.hpp"
#include "scenario/checks/way_back.hpp"
#include "scenario/kinds/table.hpp"

namespace mailflow {

namespace {

class Checker {
 public:
  Checker(const Model& model, const PlanRequest& plan, const std::map<std::string, Place>& places, Problems& problems)
      : model_(model), plan_(plan), places_(places), problems_(problems), n_(model.stations.size()) {
    loads_.comes.resize(n_);
    loads_.visits.resize(n_);
    loads_.onward.resize(n_);
    loads_.largest_lot.assign(n_, 1);
    for (const Station& station : model.stations)  // what is gathered there may come to any of the others
      for (int& lot : loads_.largest_lot) lot = std::max(lot, language_of(station.kind).gathers(station));
    waits_.resize(n_);
  }

  void run() {
    loads_.offered = offered_mail(model_);
    for (const auto& [kind, into] : loads_.offered) flow(kind, into);
    for (const StationIndex s : model_.stations.indices())
      for (auto& [t, share] : loads_.onward[s]) share /= std::max(loads_.visits[s], 1e-300);
    tell_rounds();
    unreached();
    Capacities capacities(model_, loads_.largest_lot);
    const Check check{model_, places_, problems_};
    if (plan_.teams.empty()) warn_of_never_staffed(check, capacities);  // else it may choose other numbers and shifts
    const double held_back = warn_of_overload(check, loads_, capacities);
    warn_of_small_departures(check, loads_, held_back);
    warn_of_promises_never_kept(check, loads_);
    undelivered();
    small_queues();
    standstills();
    weightless();
    too_much();
    warn_of_crowds(check);
  }

 private:
  Place place(const std::string& key) const { return Check{model_, places_, problems_}.place(key); }

  /// Where a kind of mail goes from a station: shares by station; what leaves goes to `out_`.
  /// `by_product`: the route told products apart last.
  void follow(const Route& route, RouteNodeIndex node, const MailKind& kind, double share,
              std::map<StationIndex, double>& to, StationIndex from, bool by_product = false) {
    if (node == none) {
      const std::string& product = model_.products[kind.product].name;
      const std::string what = by_product ? product
                               : kind.destination == none
                                   ? tr("{} without a destination", product)
                                   : tr("{} for {}", product, model_.destinations[kind.destination].name);
      if (stuck_.insert(what + model_.stations[from].name).second)
        problems_.error(place("stations " + model_.stations[from].name),
                        tr("station {} does not say where {} goes next", model_.stations[from].name, what),
                        tr("name it under next:, or add other:"));
      return;
    }
    const RouteNode& at = route.nodes[node];
    switch (at.kind) {
      case RouteNode::Kind::to:
        if (at.station != none && share > 0) to[at.station] += share;
        return;
      case RouteNode::Kind::leaves:
        if (share > 0) loads_.leaves_without_departure[kind] = true;
        return;
      case RouteNode::Kind::by_product:
        follow(route, at.of(kind.product), kind, share, to, from, true);
        return;
      case RouteNode::Kind::by_destination:
        follow(route, at.of(kind.destination), kind, share, to, from);
        return;
      case RouteNode::Kind::by_share:
        for (std::size_t i = 0; i < at.child.size(); ++i)
          follow(route, at.child[i], kind, share * at.share[i], to, from);
        return;
    }
  }

  /// The traffic equations of one kind of mail: visits = offered + visits P.
  void flow(const MailKind& kind, const Eigen::VectorXd& into) {
    boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS> graph(n_ + 1);
    const auto out = n_;
    Rows<Station, std::map<StationIndex, double>> next(n_);
    const Rows<Station, bool> reached = reach(kind, into, next);
    for (const StationIndex s : model_.stations.indices()) {
      if (!reached[s]) continue;
      reached_.insert(s);
      int& lot = loads_.largest_lot[s];
      lot = std::max(lot, model_.products[kind.product].lot_items);
      double stays = 0;
      for (const auto& [t, share] : next[s]) {
        stays += share;
        boost::add_edge(t.at(), s.at(), graph);  // backwards
        if (takes_in_hand(model_.stations[s].kind) && model_.stations[t].queue_holds >= 0) waits_[s].insert(t);
      }
      if (model_.stations[s].kind == StationKind::bay) loads_.at_bays[kind][s] = 0;
      if (stays < 1 - 1e-12) boost::add_edge(out, s.at(), graph);
    }
    std::vector<boost::default_color_type> colour(n_ + 1);
    auto colours = boost::make_iterator_property_map(colour.begin(), boost::get(boost::vertex_index, graph));
    boost::breadth_first_search(graph, out, boost::color_map(colours));
    Rows<Station, bool> stuck(n_, false);
    for (const StationIndex s : model_.stations.indices())
      stuck[s] = reached[s] && colour[s.at()] == boost::white_color;
    if (const auto back = way_back(stuck, next)) {
      rounds_[*back][kind.product].push_back(kind.destination);
      return;
    }
    solve(kind, into, next, reached);
  }

  /// "letter", or of some of its destinations "letter for north".
  std::string which(ProductIndex product, const std::vector<DestinationIndex>& destinations) const {
    const auto all = std::count_if(loads_.offered.begin(), loads_.offered.end(),
                                   [&](const auto& each) { return each.first.product == product; });
    std::string name = model_.products[product].name;
    if (std::cmp_equal(destinations.size(), all)) return name;
    std::vector<std::string> to;
    for (const DestinationIndex d : destinations)
      to.push_back(d == none ? tr("no destination") : model_.destinations[d].name);
    return tr("{} for {}", name, fmt::format("{}", fmt::join(to, ", ")));
  }

  /// Mail that never leaves, at the station that sends it back.
  void tell_rounds() {
    const Rows<Station, int> ring_of = rings_of(waits_);
    for (const auto& [back, kinds] : rounds_) {
      std::vector<std::string> products;
      for (const auto& [product, destinations] : kinds) products.push_back(which(product, destinations));
      const std::string& from = model_.stations[back.first].name;
      const std::string to = back.first == back.second ? tr("itself") : model_.stations[back.second].name;
      const Place next = place("next " + from);
      // in a ring of bounded queues it may stand still one day
      const int ring = ring_of[back.first];
      const bool bounded = ring >= 0 && ring == ring_of[back.second];
      const auto count = static_cast<long>(products.size());
      const std::string who = fmt::format("{}", fmt::join(products, ", "));
      problems_.warning(
          next.line > 0 && back.first != back.second ? next : place("stations " + from),
          bounded ? tr_plural("station {} sends mail back to {}, and {} never leaves",
                              "station {} sends mail back to {}, and {} never leave", count, from, to, who)
                  : tr_plural("station {} sends mail back to {}, and {} goes round for ever",
                              "station {} sends mail back to {}, and {} go round for ever", count, from, to, who),
          tr("let some station on the way send it to a bay, or out"));
    }
  }

  /// visits = offered + visits P over the stations reached.
  void solve(const MailKind& kind, const Eigen::VectorXd& into,
             const Rows<Station, std::map<StationIndex, double>>& next, const Rows<Station, bool>& reached) {
    Rows<Station, Eigen::Index> at(n_, -1);
    Eigen::Index size = 0;
    for (const StationIndex s : model_.stations.indices())
      if (reached[s]) at[s] = size++;
    if (size == 0) return;
    std::vector<Eigen::Triplet<double>> shares;
    Eigen::VectorXd b = Eigen::VectorXd::Zero(size);
    Rows<Station, double> out(n_, 0);
    for (const StationIndex s : model_.stations.indices()) {
      if (!reached[s]) continue;
      b(at[s]) = into(s.number());
      shares.emplace_back(at[s], at[s], 1);
      out[s] = share_out_by_end(model_, model_.stations[s], into.sum());
      for (const auto& [t, share] : next[s]) shares.emplace_back(at[t], at[s], -share * out[s]);
    }
    Eigen::SparseMatrix<double> a(size, size);  // few stations follow one: near linear, where a full one is cubic
    a.setFromTriplets(shares.begin(), shares.end());
    Eigen::SparseLU<Eigen::SparseMatrix<double>> solver(a);
    if (solver.info() != Eigen::Success) return;
    const Eigen::VectorXd visits = solver.solve(b);
    for (const StationIndex s : model_.stations.indices())
      if (reached[s]) count(kind, s, visits(at[s]), into(s.number()), next[s], out[s]);
  }

  /// Mail of a kind that a station is offered, and where it goes on to.
  void count(const MailKind& kind, StationIndex s, double visits, double comes,
             const std::map<StationIndex, double>& next, double out) {
    loads_.visits[s] += visits;
    loads_.comes[s] += comes;
    for (const auto& [t, share] : next) loads_.onward[s][t] += visits * share * out;
    if (model_.stations[s].kind == StationKind::bay) loads_.at_bays[kind][s] = visits;
  }

  Rows<Station, bool> reach(const MailKind& kind, const Eigen::VectorXd& into,
                            Rows<Station, std::map<StationIndex, double>>& next) {
    Rows<Station, bool> reached(n_, false);
    std::vector<StationIndex> todo;
    for (const StationIndex s : model_.stations.indices())
      if (into(s.number()) > 0) todo.push_back(s);
    while (!todo.empty()) {
      const StationIndex s = todo.back();
      todo.pop_back();
      if (reached[s]) continue;
      reached[s] = true;
      const Station& station = model_.stations[s];
      double rest = 1;
      for (const Diversion& d : station.diversions) {
        follow(d.next, RouteNodeIndex(0), kind, d.share, next[s], s);
        rest -= d.share;
      }
      if (!station.next.nodes.empty() && rest > 1e-12) follow(station.next, RouteNodeIndex(0), kind, rest, next[s], s);
      for (const auto& [t, share] : next[s]) todo.push_back(t);
    }
    return reached;
  }

  void unreached() {
    for (const StationIndex s : model_.stations.indices()) {
      if (reached_.contains(s)) continue;
      std::string sources;  // what comes into it, if anything came
      for (const Source& source : model_.sources)
        if (source.into == s) sources += (sources.empty() ? "" : ", ") + source.name;
      const std::string& name = model_.stations[s].name;
      problems_.add({Problem::Severity::warning, place("stations " + name),
                     sources.empty()
                         ? tr("no mail reaches station {}", name)
                         : tr("no mail reaches station {}: within the run nothing comes of {}", name, sources),
                     sources.empty() ? tr("send some there with next: or into:, or remove it")
                                     : tr("see to its times, days and amounts, and to run:"),
                     true});
    }
  }

  double largest_lot() const {
    int most = 1;
    for (const Product& p : model_.products) most = std::max(most, p.lot_items);
    return most;
  }

  /// A bound in kg on mail without weight.
  void weightless() {
    for (const Departure& departure : model_.departures) {
      if (departure.capacity_kg <= 0) continue;
      std::set<ProductIndex> light;
      for (const auto& [kind, bays] : loads_.at_bays)
        for (const auto& [bay, items] : bays) {
          const bool here = std::find(departure.from.begin(), departure.from.end(), bay) != departure.from.end();
          const bool taken = departure.serves_all || (kind.destination != none && departure.serves[kind.destination]);
          if (here && taken && model_.products[kind.product].weight_kg <= 0) light.insert(kind.product);
        }
      std::string names;
      for (const ProductIndex p : light) names += (names.empty() ? "" : ", ") + model_.products[p].name;
      if (!light.empty())
        problems_.warning(place("departures " + departure.name),
                          tr_plural("{} has no weight, so the capacity of {:.6g} kg of departure {} never bounds it",
                                    "{} have no weight, so the capacity of {:.6g} kg of departure {} never bounds them",
                                    static_cast<long>(light.size()), names, departure.capacity_kg, departure.name),
                          tr("give products weight:, or the capacity in items"));
    }
  }

  /// More lots than a run gets through while somebody waits for it.
  void too_much() {
    constexpr double most_lots = 1e9;
    constexpr double lots_a_minute = 1e8;
    Rows<Product, double> lots(model_.products.size(), 0);
    double all = 0;
    for (const auto& [kind, into] : loads_.offered) {
      const double of_kind = into.sum() / model_.products[kind.product].lot_items;
      lots[kind.product] += of_kind;
      all += of_kind;
    }
    if (!(all > most_lots)) return;
    const ProductIndex most = lots.index_of(*std::max_element(lots.begin(), lots.end()));
    const std::string& name = model_.products[most].name;
    problems_.warning(place("products " + name),
                      tr("{:.0f} million lots come in the run, most of them of {}: a run of them takes some {:.0f} "
                         "minutes or more",
                         all / 1e6, name, std::max(1.0, all / lots_a_minute)),
                      tr("give the product larger lots (lot: 50 items), the run fewer days, or check the arrivals"));
  }

  void undelivered() {
    for (const auto& [kind, bays] : loads_.at_bays) {
      for (const auto& [bay, items] : bays) {
        const bool served = std::any_of(model_.departures.begin(), model_.departures.end(), [&](const Departure& d) {
          const bool here = std::find(d.from.begin(), d.from.end(), bay) != d.from.end();
          return here && !d.at.empty() && (d.serves_all || (kind.destination != none && d.serves[kind.destination]));
        });
        if (served) continue;
        const std::string& from = model_.stations[bay].name;
        const std::string what =
            kind.destination == none
                ? tr("no departure serves mail without a destination from {}", from)
                : tr("no departure serves destination {} from {}", model_.destinations[kind.destination].name, from);
        if (!told_.insert(what).second) continue;
        const Place at = kind.destination == none ? place("stations " + model_.stations[bay].name)
                                                  : place("destinations " + model_.destinations[kind.destination].name);
        problems_.warning(at, what, tr("add it to the to: of a departure within the run"));
      }
    }
  }

  void small_queues() {
    for (const Station& station : model_.stations)
      if (station.queue_holds > 0 && static_cast<double>(station.queue_holds) < largest_lot())
        problems_.warning(place("stations " + station.name),
                          tr("the queue of {} holds {} items, fewer than a lot of {:.0f}", station.name,
                             station.queue_holds, largest_lot()),
                          tr("such a lot enters only when the queue is empty"));
  }

  /// Rings of stations with bounded queues that the mail of the run can fill: they may come to wait for each other.
  void standstills() {
    double items = 0;
    for (const auto& [kind, into] : loads_.offered) items += into.sum();
    const Rows<Station, int> ring_of = rings_of(waits_);
    std::map<int, std::vector<StationIndex>> rings;
    for (const StationIndex s : model_.stations.indices())
      if (ring_of[s] >= 0) rings[ring_of[s]].push_back(s);
    for (const auto& [number, ring] : rings) {
      const Round round = smallest_round(model_, waits_, ring);
      if (round.stations.empty() || items <= static_cast<double>(round.holds)) continue;
      std::string names;
      for (const StationIndex s : round.stations) names += (names.empty() ? "" : ", ") + model_.stations[s].name;
      const std::string& first = model_.stations[round.stations[0]].name;
      if (round.stations.size() == 1)
        problems_.warning(place("stations " + first),
                          tr("station {} sends mail back into its own queue, which holds {}: once that is full "
                             "it waits for room that nobody else can make, and stands still for ever",
                             first, counted_items(round.holds)),
                          tr("leave its queue without holds:, or send that mail to another station"));
      else
        problems_.warning(place("stations " + first),
                          has_others(round.stations)
                              ? tr("mail goes round from {} to {} again, and their queues hold {} together: once all "
                                   "are full they wait for each other, and may stand still for ever",
                                   names, first, counted_items(round.holds))
                              : tr("mail goes round from {} to {} again, and their queues hold {} together: once all "
                                   "are full they wait for each other, and stand still for ever",
                                   names, first, counted_items(round.holds)),
                          tr("leave one of these queues without holds:, or put a conveyor between two of them"));
    }
  }

  /// Whether a station has more than one server: not all of them need wait for the others.
  bool has_others(const std::vector<StationIndex>& stations) const {
    return std::any_of(stations.begin(), stations.end(),
                       [this](StationIndex s) { return model_.stations[s].servers > 1; });
  }

  static std::string counted_items(std::int64_t n) { return tr_plural("{} item", "{} items", static_cast<long>(n), n); }

  const Model& model_;
  const PlanRequest& plan_;
  const std::map<std::string, Place>& places_;
  Problems& problems_;
  std::size_t n_;
  Loads loads_;
  std::set<StationIndex> reached_;
  std::set<std::string> stuck_, told_;
  /// Products that go round, with their destinations.
  std::map<WayBack, std::map<ProductIndex, std::vector<DestinationIndex>>> rounds_;
  Waits waits_;  ///< of the mail that comes
};

}  // namespace

void warn_of_hopeless(const Model& model, const PlanRequest& plan, const std::map<std::string, Place>& places,
                      Problems& problems) {
  Checker(model, plan, places, problems).run();
}

}  // namespace mailflow
