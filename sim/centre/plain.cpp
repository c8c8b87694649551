// The loop for plain queues: every station serves items one by one, first come, with servers that are always there.
//
// The scenario is compiled into it: each source and each server has one slot in a flat array of next instants, and the
// least of them is what happens next, so that there is no event list to keep; lots are records in rings. Draws, order
// of events and counts are those of the general loop, to the byte (tests/centre holds the two against each other): when
// the run ends the lots still there are handed over to the general records, and all that follows is shared.
#include <algorithm>
#include <cmath>

#include "centre/lot_queue.hpp"
#include "centre/run.hpp"

namespace mailflow {

namespace {

constexpr std::size_t most_slots = 16;

bool plain_route(const Model& model, const Route& route) {
  return std::all_of(route.nodes.begin(), route.nodes.end(), [&](const RouteNode& node) {
    return node.kind != RouteNode::Kind::to || node.station == out_of_centre ||
           node.station < static_cast<int>(model.stations.size());
  });
}

bool plain_station(const Model& model, const Station& is) {
  return (is.kind == StationKind::manual || is.kind == StationKind::machine) && is.crew == 0 && is.passes == 1 &&
         is.diversions.empty() && is.set_up.between == SetUp::Between::none && !is.breakdown.present &&
         is.always_open && is.order == QueueOrder::first_come && is.queue_holds < 0 && plain_route(model, is.next);
}

}  // namespace

bool Run::plain() const {
  if (options_.events != nullptr || !options_.allow_plain_loop || !model_.teams.empty() || !model_.departures.empty())
    return false;
  if (servers_.size() + sources_.size() > most_slots) return false;
  const bool items =
      std::all_of(model_.products.begin(), model_.products.end(), [](const Product& p) { return p.lot_items == 1; });
  const bool stations = std::all_of(model_.stations.begin(), model_.stations.end(),
                                    [&](const Station& s) { return plain_station(model_, s); });
  const bool sources = std::all_of(model_.sources.begin(), model_.sources.end(), [](const Source& s) {
    return s.kind == Source::Kind::rate || s.kind == Source::Kind::gaps;
  });
  const bool samples =
      std::any_of(model_.targets.begin(), model_.targets.end(), [](const Target& t) { return !t.samples.empty(); });
  return items && stations && sources && !samples;
}

class PlainLoop {
 public:
  explicit PlainLoop(Run& run);
  void go();

 private:
  struct Item {
    Ticks arrived, entered, due;
    Ticks takes;  ///< its handling here: drawn on entering (draws are its own), to be at hand when a server is free
    std::uint64_t key;
    std::uint32_t handlings;
    std::int16_t product, destination;
  };
  /// A ring of items; grows by doubling.
  struct Ring {
    std::vector<Item> items = std::vector<Item>(64);
    std::size_t head = 0, count = 0;
    Item& push() {
      if (count == items.size()) grow();
      return items[(head + count++) & (items.size() - 1)];
    }
    void grow() {
      std::vector<Item> larger(items.size() * 2);
      for (std::size_t i = 0; i < count; ++i) larger[i] = items[(head + i) & (items.size() - 1)];
      items.swap(larger);
      head = 0;
    }
  };
  struct Place {  ///< a station
    StationState* st = nullptr;
    Ring queue;
    std::vector<std::int16_t> idle;  ///< servers, longest ready first
    Ticks touched = 0;
    std::int64_t content_area = 0, queue_area = 0, here = 0;  ///< since the last flush
    std::int64_t out = 0, started = 0, waited = 0, queue_max = 0;
    ItemTicks visits = 0;
  };
  struct Desk {  ///< a server
    Item item{};
    Ticks began = 0;
    int place = 0;
  };

  void arrival(int source);
  void departure(std::size_t desk);
  void enter(Item& item, int place);
  void serve(std::size_t desk, const Item& item);
  static Ticks handling_time(const StationState& st, const Item& item);
  void send_on(Item& item, const Place& from);
  void leave(const Item& item);
  Ticks next_arrival(int source);
  void touch(Place& place);
  void flush();
  void settle();
  void hand_over();
  bool control();
  Ticks booked_from(Ticks t) const { return std::max(t, run_.window_from_); }

  Run& run_;
  Ticks now_ = 0;
  std::size_t desks_count_, slots_;
  std::array<Ticks, most_slots> at_{};             ///< next instant per slot: the servers' first, then the sources'
  std::array<std::uint64_t, most_slots> order_{};  ///< order of scheduling
  std::array<double, most_slots> gap_ahead_{};     ///< per source of one constant rate
  std::uint64_t scheduled_ = 0;
  std::uint64_t events_ = 0;
  std::vector<Place> places_;
  std::vector<Desk> desks_;
};

PlainLoop::PlainLoop(Run& run)
    : run_(run), desks_count_(run.servers_.size()), slots_(run.servers_.size() + run.sources_.size()) {
  at_.fill(never);
  order_.fill(0);
  places_.resize(run.stations_.size());
  desks_.resize(desks_count_);
  for (std::size_t p = 0; p < places_.size(); ++p) places_[p].st = &run.stations_[p];
  for (std::size_t v = 0; v < desks_count_; ++v) {
    desks_[v].place = run.servers_[v].station;
    places_[static_cast<std::size_t>(desks_[v].place)].idle.push_back(static_cast<std::int16_t>(v));
  }
  for (std::size_t i = 0; i < run.sources_.size(); ++i) {
    SourceState& state = run.sources_[i];
    if (state.mean_gap.size() == 1) gap_ahead_[i] = state.gaps.exponential() * state.mean_gap[0];
  }
  // The general start has put the sources' first arrivals into the calendar: they move to their slots.
  std::vector<Event> others;
  for (run.calendar_.settle(); !run.calendar_.empty(); run.calendar_.settle()) {
    const Event event = run.calendar_.take();
    if (static_cast<EventKind>(event.index >> 24U) != EventKind::source) {
      others.push_back(event);
      continue;
    }
    at_[desks_count_ + (event.index & 0xffffffU)] = event.at;
    order_[desks_count_ + (event.index & 0xffffffU)] = scheduled_++;
  }
  for (const Event& event : others)
    run.calendar_.schedule(event.at, static_cast<std::uint8_t>(event.order >> 56U), event.index, event.token);
}

inline void PlainLoop::touch(Place& place) {
  const Ticks dt = now_ - place.touched;
  place.touched = now_;
  const auto waiting = static_cast<std::int64_t>(place.queue.count);
  if (waiting > place.queue_max && dt > 0) place.queue_max = waiting;
  place.content_area += place.here * dt;
  place.queue_area += waiting * dt;
}

inline Ticks PlainLoop::next_arrival(int source) {
  SourceState& state = run_.sources_[static_cast<std::size_t>(source)];
  const Source& is = run_.model_.sources[static_cast<std::size_t>(source)];
  if (is.kind == Source::Kind::gaps) return now_ + draw_ticks(is.every, state.gaps);
  if (is.rate.size() == 1 && state.mean_gap[0] > 0) {  // as next_of_rate, with the next gap drawn ahead
    double& gap = gap_ahead_[static_cast<std::size_t>(source)];
    const double at = static_cast<double>(now_) + gap;
    gap = state.gaps.exponential() * state.mean_gap[0];
    return at < static_cast<double>(run_.model_.end) ? static_cast<Ticks>(at + 0.5) : never;
  }
  run_.now_ = now_;
  return run_.next_of_rate(source);
}

inline void PlainLoop::arrival(int source) {
  SourceState& state = run_.sources_[static_cast<std::size_t>(source)];
  const std::size_t slot = desks_count_ + static_cast<std::size_t>(source);
  at_[slot] = next_arrival(source);
  order_[slot] = scheduled_++;
  Item item{};
  item.product = static_cast<std::int16_t>(state.only_product != none ? state.only_product : run_.pick_product(source));
  item.destination = static_cast<std::int16_t>(run_.pick_destination(source, item.product));
  item.key = mixed(state.key + 0x9e3779b97f4a7c15ULL * ++state.lots);
  item.handlings = 0;
  item.arrived = now_;
  const Product& product = run_.model_.products[static_cast<std::size_t>(item.product)];
  run_.now_ = now_;
  item.due = product.due.empty() && product.due_within == never ? never : run_.due_of(item.product);
  ProductState& p = run_.products_[static_cast<std::size_t>(item.product)];
  ++p.in;
  ++p.here;
  p.in_centre -= now_;
  enter(item, run_.model_.sources[static_cast<std::size_t>(source)].into);
}

inline void PlainLoop::enter(Item& item, int to) {
  Place& place = places_[static_cast<std::size_t>(to)];
  item.entered = now_;
  ++item.handlings;
  item.takes = handling_time(*place.st, item);
  touch(place);
  ++place.here;
  if (place.queue.count == 0 && !place.idle.empty()) {
    const auto v = static_cast<std::size_t>(place.idle.front());
    place.idle.erase(place.idle.begin());
    Server& server = run_.servers_[v];
    place.st->state_time[static_cast<std::size_t>(ServerState::idle)] += now_ - server.state_since;
    server.state = ServerState::busy;
    server.state_since = now_;
    serve(v, item);
    return;
  }
  place.queue.push() = item;
}

inline Ticks PlainLoop::handling_time(const StationState& st, const Item& item) {
  if (st.is->items_per_tick > 0) return std::llround(1 / st.is->items_per_tick);
  Stream stream = keyed(st.service_key, item.key, item.handlings);
  const Distribution& law = st.is->service;
  return static_cast<Ticks>((law.law == Law::exponential ? law.a * stream.exponential() : draw(law, stream)) + 0.5);
}

inline void PlainLoop::serve(std::size_t v, const Item& item) {
  at_[v] = now_ + item.takes;
  order_[v] = scheduled_++;
  Desk& desk = desks_[v];
  Place& place = places_[static_cast<std::size_t>(desk.place)];
  StationState& st = *place.st;
  const Ticks wait = now_ - item.entered;
  st.waits.record(static_cast<double>(wait), 1);
  ++place.started;
  if (wait > 0) {
    ++place.waited;
    if (wait > st.longest_wait) st.longest_wait = wait;
    st.ledger[static_cast<std::size_t>(item.product)][static_cast<std::size_t>(Cause::waiting_for_machine)] +=
        now_ - booked_from(item.entered);
  }
  desk.item = item;
  desk.began = now_;
}

inline void PlainLoop::leave(const Item& item) {
  ProductState& p = run_.products_[static_cast<std::size_t>(item.product)];
  ++p.out;
  --p.here;
  p.in_centre += now_;
  const Ticks stay = now_ - item.arrived;
  p.stays.record(static_cast<double>(stay), 1);
  p.sketch.record(stay, 1);
  if (run_.products_.size() > 1) {
    run_.stays_.record(static_cast<double>(stay), 1);
    run_.sketch_.record(stay, 1);
  }
  std::int64_t OnTime::* count = item.due == never  ? &OnTime::no_due
                                 : now_ <= item.due ? &OnTime::on_time
                                                    : &OnTime::late;
  ++(p.on_time.*count);
  const std::size_t destination =
      item.destination == none ? run_.model_.destinations.size() : static_cast<std::size_t>(item.destination);
  ++(run_.on_time_[static_cast<std::size_t>(item.product)][destination].*count);
  if (item.due != never) run_.count_due_day(item.product, item.destination, none, item.due, 1, now_ <= item.due);
}

/// Follows the station's route for one item; the same draws as Run::route.
inline void PlainLoop::send_on(Item& item, const Place& from) {
  const Route& route = from.st->is->next;
  std::size_t n = 0;
  for (;;) {
    const RouteNode& node = route.nodes[n];
    switch (node.kind) {
      case RouteNode::Kind::to:
        if (node.station == out_of_centre)
          leave(item);
        else
          enter(item, node.station);
        return;
      case RouteNode::Kind::by_product:
        n = static_cast<std::size_t>(node.child[static_cast<std::size_t>(item.product)]);
        break;
      case RouteNode::Kind::by_destination:
        n = static_cast<std::size_t>(node.child[static_cast<std::size_t>(item.destination)]);
        break;
      case RouteNode::Kind::by_share: {
        Stream stream = keyed(from.st->share_key, item.key, std::uint64_t{item.handlings} * 64U + n);
        double rest = 1;
        std::size_t i = 0;
        while (i + 1 < node.child.size() && draw_binomial(1, std::min(1.0, node.share[i] / rest), stream) == 0)
          rest -= node.share[i++];
        n = static_cast<std::size_t>(node.child[i]);
        break;
      }
    }
  }
}

inline void PlainLoop::departure(std::size_t v) {
  Desk& desk = desks_[v];
  Place& place = places_[static_cast<std::size_t>(desk.place)];
  StationState& st = *place.st;
  Item item = desk.item;
  st.ledger[static_cast<std::size_t>(item.product)][static_cast<std::size_t>(Cause::processing)] +=
      now_ - booked_from(desk.began);
  touch(place);
  --place.here;
  ++place.out;
  place.visits += now_ - booked_from(item.entered);
  at_[v] = never;
  send_on(item, place);
  if (place.queue.count > 0 && at_[v] == never) {
    touch(place);
    const Item& next = place.queue.items[place.queue.head];
    place.queue.head = (place.queue.head + 1) & (place.queue.items.size() - 1);
    --place.queue.count;
    serve(v, next);
    return;
  }
  Server& server = run_.servers_[v];
  st.state_time[static_cast<std::size_t>(ServerState::busy)] += now_ - server.state_since;
  server.state = ServerState::idle;
  server.state_since = now_;
  place.idle.push_back(static_cast<std::int16_t>(v));
}

/// The counts kept here go to the general records.
void PlainLoop::flush() {
  for (Place& place : places_) {
    touch(place);
    StationState& st = *place.st;
    st.content_area += place.content_area;
    st.queue_area += place.queue_area;
    st.visit_time += place.visits;
    st.items_out += place.out;
    st.lots_out += place.out;
    st.started_items += place.started;
    st.waited_items += place.waited;
    st.items_in += place.out + place.here - st.items;
    st.items = place.here;
    st.queue_items = static_cast<std::int64_t>(place.queue.count);
    st.hour_queue_max = std::max(st.hour_queue_max, place.queue_max);
    st.touched = now_;
    place.queue_max = 0;
    place.content_area = place.queue_area = place.out = place.started = place.waited = 0;
    place.visits = 0;
  }
  run_.now_ = now_;
  run_.events_ = events_;
  run_.in_ = run_.out_ = 0;
  for (const ProductState& product : run_.products_) {
    run_.in_ += product.in;
    run_.out_ += product.out;
  }
}

/// Books the time of every item here up to now (at warm-up).
void PlainLoop::settle() {
  for (Place& place : places_)
    for (std::size_t i = 0; i < place.queue.count; ++i) {
      const Item& item = place.queue.items[(place.queue.head + i) & (place.queue.items.size() - 1)];
      place.st->ledger[static_cast<std::size_t>(item.product)][static_cast<std::size_t>(Cause::waiting_for_machine)] +=
          now_ - booked_from(item.entered);
    }
  for (std::size_t v = 0; v < desks_count_; ++v)
    if (at_[v] != never) {
      StationState& st = *places_[static_cast<std::size_t>(desks_[v].place)].st;
      st.ledger[static_cast<std::size_t>(desks_[v].item.product)][static_cast<std::size_t>(Cause::processing)] +=
          now_ - booked_from(desks_[v].began);
    }
}

/// The items still here become lots of the general records.
void PlainLoop::hand_over() {
  const auto lot_of = [this](const Item& item, int place, Ticks since) {
    const int l = run_.lots_.make();
    Lot& lot = run_.lots_[l];
    lot.arrived = item.arrived;
    lot.entered = item.entered;
    lot.since = booked_from(since);
    lot.due = item.due;
    lot.key = item.key;
    lot.items = 1;
    lot.product = item.product;
    lot.destination = item.destination;
    lot.station = static_cast<std::int16_t>(place);
    lot.handlings = item.handlings;  // tells draws apart: of no use any more
    lot.in_centre = true;
    lot.cause_epoch = run_.stations_[static_cast<std::size_t>(place)].clock.epoch;
    return l;
  };
  std::int64_t here = 0;
  for (std::size_t p = 0; p < places_.size(); ++p) {
    Place& place = places_[p];
    here += place.here;
    for (std::size_t i = 0; i < place.queue.count; ++i) {
      const Item& item = place.queue.items[(place.queue.head + i) & (place.queue.items.size() - 1)];
      lot_queue::push_back(place.st->queues[0], run_.lots_, lot_of(item, static_cast<int>(p), item.entered));
    }
    place.st->queue_lots = static_cast<int>(place.queue.count);
  }
  for (std::size_t v = 0; v < desks_count_; ++v) {
    if (at_[v] == never) continue;
    Server& server = run_.servers_[v];
    server.lot = lot_of(desks_[v].item, desks_[v].place, desks_[v].began);
    server.phase = Phase::handling;
    server.phase_began = desks_[v].began;
    server.booked = booked_from(desks_[v].began) - desks_[v].began;
    run_.lots_[server.lot].in_hand = true;
  }
  std::int64_t made = -here;
  for (const SourceState& source : run_.sources_) made += static_cast<std::int64_t>(source.lots);
  run_.lots_.count_made(made);
}

/// The next of the general calendar: warm-up, an hour, the end. False: the end.
bool PlainLoop::control() {
  const Event event = run_.calendar_.take();
  now_ = event.at;
  ++events_;
  const auto kind = static_cast<EventKind>(event.index >> 24U);
  flush();
  if (run_.options_.progress) run_.options_.progress(now_);
  if (kind == EventKind::end) {
    run_.over_ = true;
    hand_over();
    return false;
  }
  if (kind == EventKind::warm_up) {
    settle();
    run_.reset_counts();
  } else if (kind == EventKind::hour_mark) {
    run_.hour_mark();
  }
  run_.calendar_.settle();
  return true;
}

void PlainLoop::go() {
  run_.calendar_.settle();
  Ticks control_at = run_.calendar_.next().at;
  for (;;) {
    std::size_t next = 0;
    Ticks least = at_[0];
    for (std::size_t i = 1; i < slots_; ++i) {
      const Ticks t = at_[i];
      if (t == least && t != never) [[unlikely]] {
        if (i < desks_count_ || next >= desks_count_)
          next = order_[i] < order_[next] ? i : next;  // same rank: first scheduled
        continue;
      }
      next = t < least ? i : next;
      least = t < least ? t : least;
    }
    if (least > control_at) {
      if (!control()) return;
      control_at = run_.calendar_.next().at;
      continue;
    }
    now_ = least;
    ++events_;
    if (next < desks_count_)
      departure(next);
    else
      arrival(static_cast<int>(next - desks_count_));
  }
}

void Run::plain_loop() { PlainLoop(*this).go(); }

}  // namespace mailflow
