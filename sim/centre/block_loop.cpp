#include <algorithm>
#include <cmath>

#include "centre/block_counts.hpp"
#include "centre/window.hpp"

namespace mailflow {

namespace {

constexpr std::int64_t lots_a_block = 2048;
constexpr std::int64_t handled_a_station = 16;  // in a block, on average

bool serves_in_order(const Station& is) {
  if (is.kind == StationKind::bay) return is.order == QueueOrder::first_come;
  return (is.kind == StationKind::manual || is.kind == StationKind::machine) && is.crew == 0 && is.passes == 1 &&
         is.diversions.empty() && is.set_up.between == SetUpBetween::none && !is.breakdown.present && is.always_open &&
         is.order == QueueOrder::first_come && is.queue_holds < 0;
}

/// Takes whole lots, in as many vehicles as are needed.
bool takes_all(const Departure& is, int largest_lot) {
  return is.link != none && is.vehicles < 0 && is.capacity_kg < 0 && !is.serves_all &&
         (is.capacity_items < 0 || is.capacity_items >= largest_lot);
}

/// Stations so that none comes before one that mail comes from; empty when mail may come back.
std::vector<StationIndex> downstream_order(const Model& model) {
  Rows<Station, int> before(model.stations.size(), 0);
  const auto each_next = [&](StationIndex s, const auto& tell) {
    for (const RouteNode& node : model.stations[s].next.nodes)
      if (node.kind == RouteNode::Kind::to && node.station != none) tell(node.station);
  };
  for (const StationIndex s : before.indices()) each_next(s, [&](StationIndex to) { ++before[to]; });
  std::vector<StationIndex> order;
  for (const StationIndex s : before.indices())
    if (before[s] == 0) order.push_back(s);
  for (std::size_t i = 0; i < order.size(); ++i)
    each_next(order[i], [&](StationIndex to) {
      if (--before[to] == 0) order.push_back(to);
    });
  if (order.size() < before.size()) order.clear();
  return order;
}

/// Whether handlings take a constant time that is no whole number of ticks.
bool is_rounded(const Station& is) {
  if (is.items_per_tick <= 0 && is.service.law != Law::constant) return false;
  const double item = is.items_per_tick > 0 ? 1 / is.items_per_tick : is.service.a;
  return std::abs(item - std::round(item)) > 1e-6;
}

bool splits_lots(const Model& model) {
  return std::any_of(model.stations.begin(), model.stations.end(), [](const Station& s) {
    return std::any_of(s.next.nodes.begin(), s.next.nodes.end(),
                       [](const RouteNode& node) { return node.kind == RouteNode::Kind::by_share; });
  });
}

}  // namespace

bool BlockLoop::fits(const Model& model, const RunOptions& options) {
  if (options.events != nullptr || !options.allow_blocks || !model.teams.empty()) return false;
  if (model.situation.given || options.situation != nullptr) return false;
  if (model.end > static_cast<Ticks>(ThroughLot::most)) return false;
  int largest_lot = 1;
  for (const Product& product : model.products) largest_lot = std::max(largest_lot, product.lot_items);
  return std::all_of(model.stations.begin(), model.stations.end(), serves_in_order) &&
         std::all_of(model.sources.begin(), model.sources.end(),
                     [](const Source& s) { return s.kind == Source::Kind::rate || s.kind == Source::Kind::gaps; }) &&
         std::all_of(model.departures.begin(), model.departures.end(),
                     [&](const Departure& d) { return takes_all(d, largest_lot); }) &&
         std::all_of(model.targets.begin(), model.targets.end(), [](const Target& t) { return t.samples.empty(); }) &&
         (largest_lot == 1 || !splits_lots(model)) && !downstream_order(model).empty();
}

BlockLoop::BlockLoop(Centre& centre)
    : centre_(centre),
      setting_(centre.setting),
      window_from_(centre.agenda.window_from()),
      places_(setting_.model.stations.size()),
      order_(downstream_order(setting_.model)),
      origins_(setting_.model.sources.size()),
      doors_(setting_.model.departures.size()),
      flows_(setting_.model.products.size()),
      due_steps_(setting_.model.products.size(), 0) {
  const Model& model = setting_.model;
  int ways_out = 0;
  for (const StationIndex s : places_.indices()) {
    begin_place(s);
    const auto& nodes = places_[s].is->next.nodes;
    ways_out += std::any_of(nodes.begin(), nodes.end(),
                            [](const RouteNode& node) { return node.kind == RouteNode::Kind::leaves; });
  }
  one_way_out_ = ways_out <= 1;
  one_by_one_ = model.inbound == none && std::all_of(model.products.begin(), model.products.end(),
                                                     [](const Product& p) { return p.lot_items == 1; });
  double lots_a_tick = 0;
  for (const SourceIndex s : origins_.indices()) {
    const Source& is = setting_.source(s);
    double most = is.kind == Source::Kind::gaps ? 1 / is.every.mean() : 0;
    for (const double gap : centre.arrivals.state(s).mean_gap) most = std::max(most, gap > 0 ? 1 / gap : 0);
    lots_a_tick += most;
  }
  longest_ = static_cast<Ticks>(std::clamp(2 * lots_a_block / lots_a_tick, 1000.0, 1.0 * day));
  // The general start has put the sources' first arrivals onto the agenda: they are kept here.
  for (const Event& event : centre.agenda.withdraw(EventKind::source)) origins_[about<Source>(event)].next = event.at;
}

void BlockLoop::begin_place(StationIndex s) {
  Place& place = places_[s];
  place.index = s;
  place.is = &setting_.station(s);
  place.count = &centre_.stations.record(s);
  place.causes = &centre_.ledger.row(s, ProductIndex(0));
  place.service_key = centre_.servers.service_key(s);
  place.share_key = centre_.flow.share_key(s);
  place.whence = std::min(setting_.names.station_place[s], last_station);
  const Station& is = *place.is;
  place.one_next = is.next.nodes.size() == 1;
  if (place.one_next) place.only_next = is.next.nodes[0].station;
  place.free_at.assign(static_cast<std::size_t>(std::max(is.servers, 1)), 0);
  if (place.free_at.size() > 1 && is_rounded(is)) place.free.resize(place.free_at.size());
  if (is.kind != StationKind::bay) return;
  place.piles.resize(setting_.model.destinations.size() + 1);  // the last: mail without a destination
  for (Pile& pile : place.piles) {
    pile.came.product.resize(flows_.size());
    pile.gone.product.resize(flows_.size());
  }
}

void BlockLoop::advance(Ticks until) {
  while (!over_) {
    const Ticks control_at = centre_.agenda.next().at;
    const bool window = kind_of(centre_.agenda.next()) == EventKind::warm_up;
    const Ticks before = window ? control_at - 1 : control_at;
    Ticks to = std::min({before, until - 1, next_closing(), std::max<Ticks>(from_, 0) + step_});
    if (!coming_.empty()) to = std::min(to, coming_.front().at);
    if (to > from_) block(to);
    close_doors();
    if (window && to == before && control_at < until) {
      begin_window(control_at);
    } else if (!window && to == control_at) {
      if (!control()) return;
    } else if (to == until - 1) {
      return;
    }
  }
}

void BlockLoop::block(Ticks to) {
  to_ = to;
  ++blocks_;
  const std::uint64_t before = events_;
  for (const SourceIndex s : setting_.names.sources) come_from(s);
  come_by_links();
  for (const StationIndex s : order_) {
    Place& place = places_[s];
    merge(place.in, place.ends_of_runs);
    if (!place.piles.empty())
      pile_up(place);
    else if (place.free_at.size() == 1)
      work<Servers::one>(place);
    else if (place.free.empty())
      work<Servers::many>(place);
    else
      work<Servers::many_rounded>(place);
    close_block(place);
  }
  if (!one_way_out_) {
    merge(leaving_, leaving_runs_);
    for (const Item& item : leaving_) leave(item.lot, item.at);
    leaving_.clear();
    leaving_runs_.clear();
  }
  count_flows();
  from_ = counted_to_ = to_;
  if (((events_ ^ before) >> 18U) != 0) need_memory(0);  // now and then
  const auto handled = static_cast<std::int64_t>(events_ - before);
  // each block goes through all stations, so that many stations want more handled in it
  const std::int64_t wanted = std::max(lots_a_block, handled_a_station * static_cast<std::int64_t>(places_.size()));
  if (handled < wanted / 2) step_ = std::min(2 * step_, longest_);
  if (handled > wanted * 2 && step_ > 1000) step_ /= 2;
}

/// What has come and gone up to now joins the products' counts.
void BlockLoop::count_flows() {
  for (const ProductIndex p : flows_.indices()) {
    InAndOut& flow = flows_[p];
    ProductCount& product = centre_.products.record(p);
    product.in += flow.in;
    product.out += flow.out;
    product.here += flow.in - flow.out;
    product.in_centre += static_cast<ItemTicks>(flow.out - flow.in) * to_ + flow.in_ticks - flow.out_ticks;
    flow = {};
  }
}

/// The block's counts of a station join those since the last flush.
void BlockLoop::close_block(Place& place) {
  const Ticks dt = to_ - counted_to_;
  while (place.seen < place.in.size() && place.in[place.seen].at < to_) place.level += weight(place.in[place.seen++]);
  // What comes at the very end has not stood there for any time yet.
  std::int64_t stood = place.piles.empty() ? place.level + place.at_end : place.here + place.came;
  const std::size_t upto = place.piles.empty() ? place.seen : place.in.size();
  for (std::size_t i = upto; i > 0 && place.in[i - 1].at == to_; --i) stood -= weight(place.in[i - 1]);
  if (dt > 0 && stood > place.queue_max) place.queue_max = stood;
  while (place.seen < place.in.size()) place.level += weight(place.in[place.seen++]);
  place.content_area += static_cast<ItemTicks>(place.here) * dt + place.came_ticks - place.left_ticks;
  place.here += place.came - place.left;
  place.visit_time += place.visits;
  place.queue_area += static_cast<ItemTicks>(place.level_before) * dt + place.came_ticks - place.started_ticks;
  place.level_before = place.level;
  place.busy_area += static_cast<ItemTicks>(place.busy_before) * dt + place.busy_ticks;
  place.busy_before = place.in_hand.size();
  place.out += place.left;
  place.came = place.came_ticks = place.left = place.left_ticks = place.started_ticks = 0;
  place.at_end = 0;
  place.busy_ticks = place.visits = 0;
  place.in.clear();
  place.ends_of_runs.clear();
  place.seen = 0;
}

/// The next on the agenda: warm-up, an hour, a departure, the end. False: the end.
bool BlockLoop::control() {
  const Event event = centre_.agenda.take();
  ++events_;
  const auto kind = kind_of(event);
  if (kind == EventKind::departure) {
    depart(about<Departure>(event));
    return true;
  }
  flush();
  if (setting_.options.progress) setting_.options.progress(centre_.agenda.now());
  if (kind == EventKind::end) {
    over_ = true;
    hand_over();
    return false;
  }
  if (kind == EventKind::hour_mark) mark_hour(centre_, false);
  return true;
}

/// The window begins, before anything of its instant happens: all before it has been run.
void BlockLoop::begin_window(Ticks at) {
  centre_.agenda.take();
  ++events_;
  to_ = at;
  for (Place& place : places_) {
    const Ticks dt = to_ - counted_to_;
    place.content_area += static_cast<ItemTicks>(place.here) * dt;
    place.queue_area += static_cast<ItemTicks>(place.level) * dt;
    place.busy_area += static_cast<ItemTicks>(place.in_hand.size()) * dt;
  }
  counted_to_ = to_;
  flush();
  std::vector<ItemTicks> before;  // for all that is here has come since the run's start
  for (const Place& place : places_) before.push_back(place.count->content_area - place.count->visit_time);
  settle();
  mailflow::begin_window(centre_);
  window_from_ = centre_.agenda.window_from();
  for (const Place& place : places_) place.count->visits_before = before[place.index.at()];
}

/// The counts kept here go to the general records.
void BlockLoop::flush() {
  centre_.agenda.set_now(to_);
  for (Place& place : places_) {
    StationCount& st = *place.count;
    const bool bay = !place.piles.empty();
    const Ticks dt = to_ - st.touched;
    st.content_area += place.content_area;
    st.queue_area += bay ? place.content_area : place.queue_area;
    st.visit_time += place.visit_time;
    st.items_out += place.out;
    st.lots_out += place.lots_out;
    st.started_items += place.started;
    st.waited_items += place.waited;
    st.items_in += place.out + place.here - st.items;
    if (!bay) flush_servers(place, dt);
    st.items = place.here;
    st.queue_items = bay ? place.here : place.level;
    st.hour_queue_max = std::max(st.hour_queue_max, place.queue_max);
    st.touched = to_;
    place.content_area = place.queue_area = place.busy_area = place.visit_time = 0;
    place.queue_max = place.out = place.lots_out = place.started = place.waited = 0;
  }
}

/// The servers' time over `dt`, and their states now.
void BlockLoop::flush_servers(const Place& place, Ticks dt) {
  const auto busy = static_cast<Ticks>(place.busy_area);
  place.count->state_time[static_cast<std::size_t>(ServerState::busy)] += busy;
  place.count->state_time[static_cast<std::size_t>(ServerState::idle)] += place.is->servers * dt - busy;
  std::size_t n = 0;
  for (const ServerIndex v : centre_.servers.of(place.index)) {
    Server& server = centre_.servers.record(v);
    server.state = n++ < place.in_hand.size() ? ServerState::busy : ServerState::idle;
    server.state_since = to_;
  }
}

/// Books the time of all mail here up to now (at warm-up).
void BlockLoop::settle() {
  for (Place& place : places_) {
    const auto wait = [&](const ThroughLot& lot, Ticks entered) {
      charge(place, lot, Cause::waiting_for_machine, static_cast<ItemTicks>(lot.items) * (to_ - booked_from(entered)));
    };
    for (std::size_t i = 0; i < place.queue.size(); ++i) {
      const Item& item = place.queue[i];
      if (item.load == none) {
        wait(item.lot, item.at);
        continue;
      }
      const auto& load = loads_[static_cast<std::size_t>(item.load)];
      for (std::size_t k = load_taken_[static_cast<std::size_t>(item.load)]; k < load.size(); ++k)
        wait(load[k], item.at);
    }
    for (const Hand& hand : place.in_hand) book(place, hand.item, hand.began, hand.ends, to_ - hand.began);
    for (Pile& pile : place.piles) settle_pile(place, pile);
  }
  for (const DepartureIndex d : doors_.indices())
    for (Closing& closing : doors_[d].closed)
      for (std::size_t b = 0; b < closing.came.size(); ++b)
        for (std::size_t to = 0; to < closing.came[b].size(); ++to)
          restamp(closing.came[b][to], places_[setting_.departure(d).from[b]].piles[to].gone);
}

/// The mail still here becomes lots of the general records.
void BlockLoop::hand_over() {
  std::int64_t here = 0;
  for (Place& place : places_) {
    here += hand_over_queue(place);
    here += hand_over_in_hand(place);
    for (Pile& pile : place.piles) here += hand_over_pile(place, pile);
  }
  std::int64_t made = inbound_lots_ - here;
  for (const SourceIndex s : origins_.indices()) made += static_cast<std::int64_t>(centre_.arrivals.state(s).lots);
  centre_.lots.count_made(made);
}

/// How many lots.
std::int64_t BlockLoop::hand_over_queue(Place& place) {
  std::int64_t here = 0;
  for (; !place.queue.empty(); place.queue.pop()) {
    const Item& item = place.queue.front();
    const auto wait = [&](const ThroughLot& lot) {
      ++here;
      centre_.queues.hand_over(place.index, lot_of(lot, place.index, item.at, item.at, item.handlings));
    };
    if (item.load == none) {
      wait(item.lot);
      continue;
    }
    const auto& load = loads_[static_cast<std::size_t>(item.load)];
    for (std::size_t k = load_taken_[static_cast<std::size_t>(item.load)]; k < load.size(); ++k) wait(load[k]);
  }
  return here;
}

std::int64_t BlockLoop::hand_over_in_hand(Place& place) {
  ServerIndex v = centre_.servers.of(place.index).front();
  for (const Hand& hand : place.in_hand) {
    Server& server = centre_.servers.record(v);
    server.lot = lot_of(hand.item.lot, place.index, hand.item.at, hand.began, hand.item.handlings);
    server.phase = Phase::handling;
    server.phase_began = hand.began;
    server.handling_takes = hand.ends - hand.began;
    server.booked = booked_from(hand.began) - hand.began;
    centre_.lots[server.lot].in_hand = true;
    ++v;
  }
  return std::ssize(place.in_hand);
}

std::int64_t BlockLoop::hand_over_pile(Place& place, Pile& pile) {
  for (const ProductIndex p : flows_.indices()) {
    const Tally::OfProduct& came = pile.came.product[p.at()];
    const Tally::OfProduct& gone = pile.gone.product[p.at()];
    place.count->visits_going_on += pile_visits(pile, p);
    place.count->visiting.items += came.items - gone.items;
    place.count->visiting.total += static_cast<ItemTicks>(came.items - gone.items) * to_ - (came.came - gone.came);
  }
  settle_pile(place, pile);
  if (!pile.since.empty())
    place.count->longest_stay_going_on = std::max(place.count->longest_stay_going_on, to_ - pile.since.front().at);
  std::int64_t here = 0;
  for (auto& chunk : pile.chunks) {
    for (std::size_t k = pile.taken; k < chunk.size(); ++k, ++here)
      centre_.bays.enter(lot_of(chunk[k], place.index, to_, to_, 0), place.index);
    pile.taken = 0;
  }
  return here;
}

void BlockLoop::count_lots(Rows<Station, std::int64_t>& lots) const {
  for (const Place& place : places_) {
    std::size_t here = place.in.size() + place.queue.size() + place.in_hand.size();
    for (const Pile& pile : place.piles) {
      for (const auto& chunk : pile.chunks) here += chunk.size();
      here -= pile.taken;
    }
    lots[place.index] += static_cast<std::int64_t>(here);
  }
}

LotIndex BlockLoop::lot_of(const ThroughLot& from, StationIndex place, Ticks entered, Ticks since,
                           std::uint32_t handlings) {
  const LotIndex l = centre_.lots.make();
  Lot& lot = centre_.lots[l];
  lot.arrived = static_cast<Ticks>(from.arrived);
  lot.posted = static_cast<Ticks>(from.posted);
  lot.entered = entered;
  lot.since = booked_from(since);
  lot.product = ProductIndex(from.product);
  lot.due = centre_.products.due_of(lot.product, lot.posted);
  lot.key = from.key;
  lot.path = from.path;
  lot.items = static_cast<int>(from.items);
  lot.destination = DestinationIndex(from.destination);
  lot.station = place;
  lot.handlings = handlings;
  lot.in_centre = true;
  centre_.ledger.joins(lot);
  return l;
}

}  // namespace mailflow
