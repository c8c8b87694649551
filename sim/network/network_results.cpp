#include "network/network_results.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>
#include <utility>

#include "core/words.hpp"
#include "mail/due.hpp"
#include "metrics/targets.hpp"
#include "network/network_run.hpp"
#include "stats/interval.hpp"

namespace mailflow {

namespace {

void add(OnTime& sum, const OnTime& part) {
  sum.on_time += part.on_time;
  sum.late += part.late;
  sum.undecided += part.undecided;
  sum.no_due += part.no_due;
}

void add(PathEnd& sum, const PathEnd& part) {
  add(sum.on_time, part.on_time);
  sum.lots += part.lots;
  sum.under_way += part.under_way;
}

void add(FlowResult& sum, const PathEnd& part) {
  add(sum.on_time, part.on_time);
  sum.delivered += part.items();
  sum.under_way += part.under_way;
}

/// Judged at the end of the run, as mail still in a centre is.
void judge(OnTime& sum, Ticks due, Ticks end, std::int64_t items) {
  if (due == never) return;  // nothing to judge before it leaves
  (due < end ? sum.late : sum.undecided) += items;
}

TimeSummary summarised(const TimeSketch& sketch, const FlowResult& flow) {
  TimeSummary times;
  times.items = flow.delivered;
  if (flow.delivered == 0) {
    times.mean.mean = times.p50 = times.p90 = times.p95 = times.p99 = times.max =
        std::numeric_limits<double>::quiet_NaN();
    return times;
  }
  times.mean.mean = in_minutes(flow.under_way) / static_cast<double>(flow.delivered);
  const auto minutes = [](Ticks t) { return in_minutes(t); };
  times.p50 = minutes(sketch.quantile(0.5));
  times.p90 = minutes(sketch.quantile(0.9));
  times.p95 = minutes(sketch.quantile(0.95));
  times.p99 = minutes(sketch.quantile(0.99));
  times.max = minutes(sketch.max());
  times.quantile_error = sketch.error();
  return times;
}

LinkResult link_result(const Departure& is, const DepartureResult& found) {
  LinkResult result;
  result.trips = static_cast<std::int64_t>(found.trips.size());
  result.items = found.items;
  result.missed = found.missed;
  result.cost = found.cost;
  double kg = 0;
  for (const DepartureTrip& trip : found.trips) {
    result.vehicles += trip.vehicles;
    result.late += trip.late;
    kg += trip.kg;
  }
  const double one = is.capacity_items >= 0 ? is.capacity_items : is.capacity_kg;
  if (one >= 0) result.room = one * static_cast<double>(result.vehicles);
  result.aboard = is.capacity_items >= 0 || one < 0 ? static_cast<double>(found.items) : kg;
  return result;
}

}  // namespace

PathEnd NetworkPath::total() const {
  PathEnd sum;
  for (const PathEnd& end : products) add(sum, end);
  return sum;
}

std::size_t CentreOutcome::busiest_hour() const {
  return static_cast<std::size_t>(
      std::max_element(hours.begin(), hours.end(),
                       [](const CentreHour& a, const CentreHour& b) { return a.handled < b.handled; }) -
      hours.begin());
}

std::size_t CentreOutcome::fullest_hour() const {
  return static_cast<std::size_t>(
      std::max_element(hours.begin(), hours.end(),
                       [](const CentreHour& a, const CentreHour& b) { return a.content < b.content; }) -
      hours.begin());
}

CentreOutcome NetworkRun::outcome(int centre, Centre& state) const {
  const Model& model = network_.centres[static_cast<std::size_t>(centre)];
  const Results& r = state.results;
  CentreOutcome result;
  result.at_start = r.at_start;
  result.posted = r.in - r.by_links_in;
  result.by_links_in = r.by_links_in;
  result.by_links_out = r.by_links_out;
  result.delivered = r.out - r.by_links_out;
  result.left = r.left;
  result.events = r.events;
  result.lots = r.lots;
  result.staff_cost = r.staff_cost;
  result.transport_cost = r.transport_cost;
  result.standstills = r.standstills;
  for (const TeamResult& team : r.teams) result.agent_hours += in_hours(team.paid);
  std::int64_t most = -1;
  const auto before = [&](StationIndex s, StationIndex other) {  // of two that as much goes through
    return model.stations[s].name < model.stations[other].name;
  };
  for (const StationIndex s : r.stations.indices()) {
    const StationResult& x = r.stations[s];
    const bool serves = takes_in_hand(model.stations[s].kind);
    result.stations.push_back({x.items_out, serves ? x.use.mean : -1, x.queue_max, x.wait.mean, x.longest_wait});
    if (serves && (x.items_out > most || (x.items_out == most && before(s, result.busiest_station)))) {
      most = x.items_out;
      result.busiest_station = s;
    }
    result.hours.resize(std::max(result.hours.size(), x.hours.size()));
    for (std::size_t h = 0; h < x.hours.size(); ++h) result.hours[h].content += x.hours[h].content_now;
  }
  for (std::size_t h = 0; h < result.hours.size(); ++h) {
    if (h < state.by_links.size()) result.hours[h].by_links = state.by_links[h];
    if (result.busiest_station == none) continue;
    const auto& hours = r.stations[result.busiest_station].hours;
    result.hours[h].handled = hours[h].items_out - (h > 0 ? hours[h - 1].items_out : 0);
  }
  result.here = r.product_destination;
  const DestinationIndex own(centre);
  for (const auto& path : r.path_ends)
    for (const ProductIndex p : path.indices()) {
      OnTime& here = result.here[p][own];
      here.on_time -= path[p].on_time.on_time;
      here.late -= path[p].on_time.late;
      here.no_due -= path[p].on_time.no_due;
    }
  return result;
}

/// What is on its way to a centre at the end is judged there.
void NetworkRun::judge_under_way(int centre, CentreOutcome& result) const {
  const Model& model = network_.centres[static_cast<std::size_t>(centre)];
  for (const UnderWay& load : centres_[static_cast<std::size_t>(position_[static_cast<std::size_t>(centre)])].in)
    for (const ThroughLot& lot : load.lots) {
      result.under_way += lot.items;
      judge(result.here[ProductIndex(lot.product)][DestinationIndex(lot.destination)],
            due_of(model.products[ProductIndex(lot.product)], static_cast<Ticks>(lot.posted)), model.end, lot.items);
    }
}

NetworkPart NetworkRun::part() {
  NetworkPart part;
  part.centres = mine_;
  part.end_to_end.resize(network_.any().products.size());
  part.links = links_;
  for (std::size_t m = 0; m < mine_.size(); ++m) {
    Centre& centre = centres_[m];
    const Model& model = network_.centres[static_cast<std::size_t>(mine_[m])];
    part.outcomes.push_back(outcome(mine_[m], centre));
    judge_under_way(mine_[m], part.outcomes.back());
    for (const ProductIndex p : centre.results.end_to_end.indices())
      part.end_to_end[p].merge(centre.results.end_to_end[p]);
    for (const DepartureIndex d : model.departures.indices()) {
      if (model.departures[d].link == none) continue;
      LinkResult& link = part.links[model.departures[d].link];
      const LinkResult late = link;
      link = link_result(model.departures[d], centre.results.departures[d]);
      link.late_trips = late.late_trips;
      link.lateness = late.lateness;
    }
    part.steps.push_back(std::move(centre.steps));
    part.path_ends.push_back(std::move(centre.results.path_ends));
    if (centre.keep) {
      centre.results.path_ends = {};
      kept_results_.emplace_back(mine_[m], std::move(centre.results));
    }
    centre.results = {};
  }
  return part;
}

namespace {

/// Puts the parts of the processes together.
class Gathering {
 public:
  Gathering(const Network& network, std::vector<NetworkPart> parts) : network_(network), parts_(std::move(parts)) {
    const std::size_t n = network.centres.size();
    where_.resize(n);
    for (NetworkPart& part : parts_)
      for (std::size_t m = 0; m < part.centres.size(); ++m)
        where_[static_cast<std::size_t>(part.centres[m])] = {&part, m};
    const std::size_t products = network.any().products.size();
    result_.products.resize(products);
    result_.origins.resize(n);
    result_.destinations.resize(n);
    result_.origin_destination.assign(n, std::vector<FlowResult>(n));
    result_.links.resize(network.links.size());
    result_.centres.resize(n);
  }

  NetworkResults results(const RunOptions& options) {
    const Model& any = network_.any();
    result_.seed = options.seed;
    result_.replication = options.replication;
    result_.to = any.end;
    for (std::size_t c = 0; c < where_.size(); ++c) centre(c);
    for (std::size_t c = 0; c < where_.size(); ++c) paths_of(c);
    sort_paths();
    for (const FlowResult& product : result_.products) add(result_.on_time, product.on_time);
    times();
    costs();
    links();
    targets();
    check();
    return std::move(result_);
  }

 private:
  void centre(std::size_t c) {
    auto& [part, m] = where_[c];
    CentreOutcome& outcome = part->outcomes[m];
    result_.events += outcome.events;
    result_.lots += outcome.lots;
    result_.at_start += outcome.at_start;
    result_.posted += outcome.posted;
    result_.delivered += outcome.delivered;
    result_.left += outcome.left;
    result_.under_way += outcome.under_way;
    result_.origins[c].posted = outcome.posted;
    for (const ProductIndex p : outcome.here.indices())
      for (const DestinationIndex d : outcome.here[p].indices()) {
        add(result_.products[p].on_time, outcome.here[p][d]);
        add(result_.destinations[d].on_time, outcome.here[p][d]);
      }
    result_.centres[c] = std::move(outcome);
  }

  /// The centres that a path of a centre goes through, the centre itself last.
  std::vector<int> centres_of(std::size_t c, std::uint32_t path) const {
    std::vector<int> way;
    for (auto at = static_cast<int>(c); at >= 0;) {
      way.push_back(at);
      const auto& [part, m] = where_[static_cast<std::size_t>(at)];
      const PathStep& step = part->steps[m][path];
      at = step.from;
      path = step.path;
    }
    std::reverse(way.begin(), way.end());
    return way;
  }

  /// A centre numbers each way to it once, so every path is another way.
  void paths_of(std::size_t c) {
    auto& [part, m] = where_[c];
    const auto& ends = part->path_ends[m];
    for (std::size_t path = 0; path < ends.size(); ++path) {
      PathEnd total;
      for (const PathEnd& end : ends[path]) add(total, end);
      if (total.items() == 0) continue;
      NetworkPath found{centres_of(c, static_cast<std::uint32_t>(path)), ends[path]};
      found.products.resize(result_.products.size());
      for (const ProductIndex p : ends[path].indices()) add(result_.products[p], ends[path][p]);
      const auto origin = static_cast<std::size_t>(found.centres.front());
      result_.paths.push_back(std::move(found));
      add(result_.origins[origin], total);
      add(result_.destinations[DestinationIndex(c)], total);
      add(result_.origin_destination[origin][c], total);
      accounted_ += total.items();
    }
  }

  /// Those that most items took come first.
  void sort_paths() {
    std::vector<std::pair<std::int64_t, NetworkPath>> order;
    for (NetworkPath& path : result_.paths) order.emplace_back(-path.total().items(), std::move(path));
    std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
      return std::tie(a.first, a.second.centres) < std::tie(b.first, b.second.centres);
    });
    for (std::size_t i = 0; i < order.size(); ++i) result_.paths[i] = std::move(order[i].second);
  }

  void times() {
    TimeSketch all;
    FlowResult total;
    for (const ProductIndex p : result_.products.indices()) {
      TimeSketch sketch;
      for (const NetworkPart& part : parts_) sketch.merge(part.end_to_end[p]);
      result_.product_times.push_back(summarised(sketch, result_.products[p]));
      all.merge(sketch);
      total.delivered += result_.products[p].delivered;
      total.under_way += result_.products[p].under_way;
    }
    result_.end_to_end = summarised(all, total);
  }

  void costs() {
    std::vector<double> staff;
    std::vector<double> transport;
    for (const CentreOutcome& centre : result_.centres) {
      staff.push_back(centre.staff_cost);
      transport.push_back(centre.transport_cost);
    }
    result_.staff_cost = sum_of(staff);
    result_.transport_cost = sum_of(transport);
  }

  void links() {
    for (const LinkIndex l : network_.links.indices()) {
      const auto& owner = where_[static_cast<std::size_t>(network_.links[l].from)];
      result_.links[l] = owner.first->links[l];
    }
  }

  void targets() {
    for (const NetworkTarget& target : network_.targets) {
      OnTime sum;
      for (const NetworkPath& path : result_.paths) {
        if (target.origin >= 0 && path.centres.front() != target.origin) continue;
        if (target.destination != none && path.centres.back() != target.destination.number()) continue;
        for (const ProductIndex p : path.products.indices())
          if (target.product == none || target.product == p) add(sum, path.products[p].on_time);
      }
      // what is still in the network past its due instant is late, too; whose it is, is known unless an origin is asked
      for (const CentreOutcome& outcome : result_.centres)
        for (const ProductIndex p : outcome.here.indices())
          for (const DestinationIndex d : outcome.here[p].indices())
            if (target.origin < 0 && (target.product == none || target.product == p) &&
                (target.destination == none || target.destination == d))
              sum.late += outcome.here[p][d].late;
      TargetResult found;
      found.value = sum.share();
      found.met = keeps(found.value, target.bound, target.at_least);
      result_.targets.push_back(found);
    }
  }

  /// Mail is conserved, over links too, and the paths account for every item delivered.
  void check() const {
    const NetworkResults& r = result_;
    std::int64_t sent = 0;
    std::int64_t came = 0;
    for (const CentreOutcome& c : r.centres) {
      sent += c.by_links_out;
      came += c.by_links_in;
    }
    const auto lost = [](const std::string& what, std::int64_t is, std::int64_t should) {
      if (is != should)
        throw RunFailure(tr("mail is not conserved in the network: {}: {} items, not {}", what, is, should));
    };
    lost(tr("posted = delivered + in the centres + under way"), r.delivered + r.left + r.under_way,
         r.at_start + r.posted);
    lost(tr("what came by links and what is under way is what was sent"), came + r.under_way, sent);
    lost(tr("the paths account for what was delivered"), accounted_, r.delivered);
  }

  const Network& network_;
  std::vector<NetworkPart> parts_;
  std::vector<std::pair<NetworkPart*, std::size_t>> where_;  ///< part and position in it, per centre
  std::int64_t accounted_ = 0;
  NetworkResults result_;
};

}  // namespace

NetworkResults network_results(const Network& network, const RunOptions& options, std::vector<NetworkPart> parts) {
  return Gathering(network, std::move(parts)).results(options);
}

}  // namespace mailflow
