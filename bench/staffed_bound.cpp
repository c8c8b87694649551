// The bound for bench/staffed-year.yaml: the same centre by the same rules (sim/centre/RULES.md) written by hand, with
// nothing but the mean stay, items out and agents' time counted. Usage: bench_staffed_bound [DAYS [SEED]]. Prints:
// items out, processor seconds, events, mean time in the centre in minutes, and of the paid hours the share worked.
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "staffed_people.hpp"

namespace staffed {

using mailflow::draw;
using mailflow::draw_binomial;
using mailflow::Law;

namespace {

/// What is handed in at the gate, in items an hour, and until when that holds.
std::pair<double, Ticks> gate(Ticks now) {
  const Ticks midnight = now / day * day;
  const Ticks at = now - midnight;
  struct Step {
    Ticks until;
    double rate;
  };
  static constexpr Step weekday[] = {
      {8 * hour, 0}, {11 * hour, 60}, {16 * hour, 100}, {18 * hour + 30 * minute, 160}, {day, 0}};
  static constexpr Step saturday[] = {{8 * hour, 0}, {12 * hour, 50}, {day, 0}};
  if (!on(mon_sat, now / day)) return {0, midnight + day};
  for (const Step* step = on(mon_fri, now / day) ? weekday : saturday;; ++step)
    if (at < step->until) return {step->rate, midnight + step->until};
}
constexpr double gate_packets = 0.3 / 5;  // lots of each per item
constexpr double gate_parcels = 0.5;
constexpr double gate_registered = 0.2 / 10;
constexpr double gate_lots = gate_packets + gate_parcels + gate_registered;

}  // namespace

Centre::Centre(std::uint64_t seed) : draws_(mailflow::mixed(seed)) {
  int v = 0;
  for (int s = 0; s < stations; ++s) {
    first_server_[z(s)] = v;
    vacant_[z(s)] = (1U << static_cast<unsigned>(station_is[z(s)].servers)) - 1;
    for (int i = 0; i < station_is[z(s)].servers; ++i, ++v) {
      servers_[z(v)].station = s;
      if (breaks_down(s)) servers_[z(v)].fails_in = next_failure(s, draws_);
    }
  }
  for (int t = 0; t < teams; ++t) {
    first_agent_[z(t + 1)] = first_agent_[z(t)] + team_is[z(t)].agents;
    for (int a = first_agent_[z(t)]; a < first_agent_[z(t + 1)]; ++a) {
      agents_[z(a)].team = t;
      team_[z(t)] |= bit(a);
    }
    const Ticks of = next_on(team_is[z(t)].shift.days, 0);
    heap_.push(of * day + team_is[z(t)].shift.from, duty_starts, t, static_cast<std::uint32_t>(of));
  }
  for (int s = 0; s < stations; ++s) {
    choice_[z(s)].fill(-1);
    int count = 0;
    for (int t = 0; t < teams; ++t)
      if (team_is[z(t)].pace[z(s)] > 0) {
        choice_[z(s)][z(count++)] = t;
        skilled_[z(s)] |= team_[z(t)];
      }
    std::stable_sort(choice_[z(s)].begin(), choice_[z(s)].begin() + count, [s](int a, int b) {
      const TeamIs& one = team_is[z(a)];
      const TeamIs& other = team_is[z(b)];
      return std::pair(-one.pace[z(s)], one.skills) < std::pair(-other.pace[z(s)], other.skills);
    });
  }
  for (int w = 0; w < static_cast<int>(vehicle_is.size()); ++w) {
    const Ticks of = next_on(vehicle_is[z(w)].days, 0);
    heap_.push(of * day + vehicle_is[z(w)].at, vehicle_due, w, static_cast<std::uint32_t>(of));
  }
  for (int d = 0; d < static_cast<int>(departure_is.size()); ++d)
    heap_.push(next_on(departure_is[z(d)].days, 0) * day + departure_is[z(d)].at, departs, d);
  heap_.push(review_every, review, 0);
  next_counter_lot();
}

// ---- mail comes

int Centre::make_lot(int product, int destination, int items, Ticks due) {
  int l = static_cast<int>(lots_.size());
  if (free_lots_.empty()) {
    lots_.emplace_back();
  } else {
    l = free_lots_.back();
    free_lots_.pop_back();
  }
  Lot& lot = lots_[z(l)];
  lot = {};
  lot.due = due;
  lot.items = items;
  lot.product = static_cast<std::uint8_t>(product);
  lot.destination = static_cast<std::uint8_t>(destination);
  return l;
}

void Centre::arrive(int product, int destination, int items, int station) {
  in += items;
  stay -= static_cast<mailflow::ItemTicks>(items) * now_;
  enqueue(make_lot(product, destination, items, due_of(product, now_)), station);
}

void Centre::next_counter_lot() {
  double left = draws_.exponential();
  for (Ticks at = now_;;) {
    const auto [rate, until] = gate(at);
    if (rate > 0) {
      const double gap = static_cast<double>(hour) / (rate * gate_lots);
      if (left * gap <= static_cast<double>(until - at)) {
        heap_.push(at + static_cast<Ticks>(left * gap), Kind::counter_lot, 0);
        return;
      }
      left -= static_cast<double>(until - at) / gap;
    }
    at = until;
  }
}

void Centre::counter_lot() {
  next_counter_lot();
  const double u = draws_.uniform() * gate_lots;
  const int product = u < gate_packets ? packet : u < gate_packets + gate_parcels ? parcel : registered;
  double share = draws_.uniform();
  int destination = 0;
  while (destination + 1 < destinations && share >= posted_here[z(destination)]) share -= posted_here[z(destination++)];
  arrive(product, destination, product_is[z(product)].lot, split);
}

/// The next vehicle of a timetable is due, comes later by chance, and the one after it is awaited.
void Centre::vehicle_is_due(int which, Ticks of) {
  static const mailflow::Distribution late[3] = {
      {Law::lognormal, 10.0 * minute, 15.0 * minute, 0, {}, {}},
      {Law::lognormal, 12.0 * minute, 18.0 * minute, 0, {}, {}},
      {Law::empirical, 0, 0, 0, {15.0 * minute, 1.0 * hour, 3.0 * hour}, {0.6, 0.25, 0.15}}};
  const VehicleIs& is = vehicle_is[z(which)];
  heap_.push(now_ + draw_ticks(late[is.from], draws_), vehicle, which);
  const Ticks next = next_on(is.days, of + 1);
  heap_.push(next * day + is.at, vehicle_due, which, static_cast<std::uint32_t>(next));
}

/// A vehicle's load: each item falls to a destination by its own chance, the lots are mixed.
void Centre::come(int which) {
  const int from = vehicle_is[z(which)].from;
  const Shares& shares = from == 2 ? from_elsewhere : posted_here;
  std::array<std::array<std::int64_t, destinations>, products> items{};
  load_.clear();
  for (int p = 0; p < products; ++p) {
    const Count& count = load_is[z(from)][z(p)];
    std::int64_t left =
        draw_count({count.sd > 0 ? Law::normal : Law::poisson, count.mean, count.sd, 0, {}, {}}, draws_);
    double rest = 1;
    for (int d = 0; d < destinations && left > 0; ++d) {
      const double share = shares[z(d)] / rest;
      const std::int64_t n = share > 1 - 1e-9 ? left : draw_binomial(left, share, draws_);
      rest -= shares[z(d)];
      left -= n;
      items[z(p)][z(d)] = n;
      for (std::int64_t k = n; k > 0; k -= product_is[z(p)].lot) load_.push_back({p, d});
    }
  }
  std::shuffle(load_.begin(), load_.end(), draws_);
  for (const auto& [p, d] : load_) {
    std::int64_t& left = items[z(p)][z(d)];
    const auto n = static_cast<int>(std::min<std::int64_t>(left, product_is[z(p)].lot));
    left -= n;
    arrive(p, d, n, dock);
  }
}

// ---- queues

int Centre::plan_of(int s, const Lot& lot) {
  if (s == letter_sorter) return lot.product == mailing ? 1 : 0;
  return s == parcel_sorter && lot.product == parcel ? 1 : 0;
}

void Centre::enqueue(int l, int s) {
  Lot& lot = lots_[z(l)];
  lot.entry = ++entries_;
  if (s == dock)
    dock_.push_back(l);
  else if (s == split)
    split_[z(product_is[lot.product].priority)].push_back(l);
  else
    due_[z(s)][z(plan_of(s, lot))].push(lot, l);
  ++waiting_lots_[z(s)];
  waiting_ |= 1U << static_cast<unsigned>(s);
  wanted_ = due_now_ = true;
}

/// A lot that is given back goes where it was.
void Centre::put_back(int l, int s) {
  const Lot& lot = lots_[z(l)];
  if (s == dock || s == split) {
    std::deque<int>& queue = s == dock ? dock_ : split_[z(product_is[lot.product].priority)];
    const auto after =
        std::find_if(queue.begin(), queue.end(), [&](int other) { return lots_[z(other)].entry > lot.entry; });
    queue.insert(after, l);
  } else {
    due_[z(s)][z(plan_of(s, lot))].push(lot, l);
  }
  ++waiting_lots_[z(s)];
  waiting_ |= 1U << static_cast<unsigned>(s);
  wanted_ = due_now_ = true;
}

/// The next lot for a server: at a machine of what it is set up for while there is any.
int Centre::pop(int v) {
  const int s = servers_[z(v)].station;
  if (--waiting_lots_[z(s)] == 0) waiting_ &= ~(1U << static_cast<unsigned>(s));
  if (s == dock || s == split) {
    std::deque<int>* queue = s == dock ? &dock_ : split_.data();
    while (queue->empty()) ++queue;
    const int l = queue->front();
    queue->pop_front();
    return l;
  }
  auto& queues = due_[z(s)];
  if (queues[1].empty()) return queues[0].pop();
  if (queues[0].empty()) return queues[1].pop();
  const int plan = servers_[z(v)].plan;
  return queues[z(plan >= 0 ? plan : queues[1].front_before(queues[0]) ? 1 : 0)].pop();
}

/// When the lot next to be served is due.
Ticks Centre::head_due(int s) const {
  Ticks due = mailflow::never;
  if (waiting_lots_[z(s)] == 0) return due;
  if (s == dock || s == split) {
    const std::deque<int>* queue = s == dock ? &dock_ : split_.data();
    while (queue->empty()) ++queue;
    return lots_[z(queue->front())].due;
  }
  for (const DueQueue& queue : due_[z(s)])
    if (!queue.empty()) due = std::min(due, lots_[z(queue.front())].due);
  return due;
}

// ---- on and out

/// Each item is taken out of the lot by its own chance. The lot may be empty then.
void Centre::divert(int l, double share, int s) {
  const auto taken = static_cast<int>(draw_binomial(lots_[z(l)].items, share, draws_));
  if (taken == 0) return;
  lots_[z(l)].items -= taken;
  const Lot lot = lots_[z(l)];
  enqueue(make_lot(lot.product, lot.destination, taken, lot.due), s);
}

void Centre::route(int l, int s) {
  static constexpr int after_split[] = {facing, letter_sorter, flats, parcel_sorter, parcel_sorter, recorded};
  switch (s) {
    case dock:
      enqueue(l, split);
      return;
    case split:
      enqueue(l, after_split[lots_[z(l)].product]);
      return;
    case facing:
      enqueue(l, letter_sorter);
      return;
    case letter_sorter:
      divert(l, 0.05, hand);
      divert(l, 0.08 / 0.95, coding);
      to_bags_or_bays(l);
      return;
    case coding:
    case hand:
      lots_[z(l)].destination <= suburb ? walk(l) : into_bag(l);
      return;
    default:
      walk(l);
  }
}

void Centre::to_bags_or_bays(int l) {
  const Lot& lot = lots_[z(l)];
  if (lot.items == 0)
    free_lots_.push_back(l);
  else if (lot.destination == town || (lot.destination == suburb && lot.product == letter))
    walk(l);
  else
    into_bag(l);
}

void Centre::into_bag(int l) {
  constexpr int bag_items = 200;
  Lot& lot = lots_[z(l)];
  free_lots_.push_back(l);
  const Lot put = lot;
  for (int left = put.items; left > 0;) {
    Bag& bag = bags_[put.product][put.destination];
    if (bag.items == 0) {
      bag.due = put.due;
      heap_.push(now_ + 45 * minute, bag_goes, put.product * destinations + put.destination, ++bag.number);
    }
    const int n = std::min(left, bag_items - bag.items);
    bag.items += n;
    bag.due = std::min(bag.due, put.due);
    left -= n;
    if (bag.items == bag_items) close_bag(put.product, put.destination);
  }
}

void Centre::close_bag(int product, int destination) {
  Bag& bag = bags_[z(product)][z(destination)];
  walk(make_lot(product, destination, std::exchange(bag.items, 0), bag.due));
}

void Centre::walk(int l) {
  heap_.push(now_ + 2 * minute + static_cast<Ticks>(draws_.uniform() * static_cast<double>(4 * minute)), walk_ends, l);
}

void Centre::into_bay(int l) {
  const Lot& lot = lots_[z(l)];
  bays_[lot.destination].push_back({now_, lot.items, lot.product, lot.destination});
  free_lots_.push_back(l);
}

/// Loads what came in time by priority, each lot that still fits.
void Centre::depart(int d) {
  const DepartureIs& is = departure_is[z(d)];
  heap_.push(next_on(is.days, now_ / day + 1) * day + is.at, departs, d);
  loading_.clear();
  for (int to = is.first; to < is.first + is.count; ++to) {
    auto& bay = bays_[z(to)];
    const auto end =
        std::find_if(bay.begin(), bay.end(), [&](const InBay& lot) { return lot.entered > now_ - is.closes; });
    loading_.insert(loading_.end(), bay.begin(), end);
    bay.erase(bay.begin(), end);
  }
  std::stable_sort(loading_.begin(), loading_.end(), [](const InBay& a, const InBay& b) {
    return std::pair(product_is[z(a.product)].priority, a.entered) <
           std::pair(product_is[z(b.product)].priority, b.entered);
  });
  double items = 0, kg = 0;
  for (const InBay& lot : loading_) {
    const double weight = lot.items * product_is[z(lot.product)].kg;
    if ((is.items > 0 && items + lot.items > is.items) || (is.kg > 0 && kg + weight > is.kg * (1 + 1e-12))) {
      auto& bay = bays_[z(lot.destination)];
      const auto after = std::find_if(bay.begin(), bay.end(), [&](const InBay& b) { return b.entered > lot.entered; });
      bay.insert(after, lot);
      continue;
    }
    items += lot.items;
    kg += weight;
    out += lot.items;
    stay += static_cast<mailflow::ItemTicks>(lot.items) * now_;
  }
}

void Centre::dispatch(const Event& event) {
  const int i = event.what;
  switch (event.kind()) {
    case fails:
      if (servers_[z(i)].token == event.token) fail(i);
      break;
    case repaired:
      repair(i);
      break;
    case phase_ends:
      if (servers_[z(i)].token == event.token) phase_end(i);
      break;
    case walk_ends:
      into_bay(i);
      break;
    case Kind::agent_arrives:
      if (agents_[z(i)].doing == Doing::walking && agents_[z(i)].arrives == now_) agent_arrives(i);
      break;
    case bag_goes:
      if (const Bag& bag = bags_[z(i / destinations)][z(i % destinations)]; bag.items > 0 && bag.number == event.token)
        close_bag(i / destinations, i % destinations);
      break;
    case Kind::counter_lot:
      counter_lot();
      break;
    case vehicle_due:
      vehicle_is_due(i, event.token);
      break;
    case vehicle:
      come(i);
      break;
    case duty_starts:
      duty_start(i, event.token);
      break;
    case break_starts:
      break_start(i, static_cast<int>(event.token));
      break;
    case break_ends:
      break_end(i);
      break;
    case duty_ends:
      duty_end(i);
      break;
    case departs:
      depart(i);
      break;
    case review:
      reviews();
      break;
  }
}

void Centre::run(Ticks end) {
  for (;;) {
    const Event event = heap_.top();
    if (due_now_ && (event.at() != now_ || event.kind() == review)) {
      give_out();
      continue;
    }
    if (event.at() >= end) break;
    heap_.pop();
    now_ = event.at();
    ++events;
    dispatch(event);
    due_now_ = due_now_ || calls_ != 0;  // calls may have become needless
  }
  stay += static_cast<mailflow::ItemTicks>(in - out) * end;
  for (const Agent& agent : agents_)
    if (agent.doing != Doing::off) paid += end - agent.came;
}

}  // namespace staffed

int main(int argc, char** argv) {
  const long days = argc > 1 ? std::atol(argv[1]) : 365;
  staffed::Centre centre(argc > 2 ? static_cast<std::uint64_t>(std::atol(argv[2])) : 1);
  const std::clock_t begin = std::clock();
  centre.run(days * mailflow::day);
  const double took = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  std::printf("%lld %.6f %llu %.3f %.5f\n", static_cast<long long>(centre.out), took,
              static_cast<unsigned long long>(centre.events),
              mailflow::in_minutes(centre.stay) / static_cast<double>(centre.in),
              static_cast<double>(centre.worked) / static_cast<double>(centre.paid));
}
