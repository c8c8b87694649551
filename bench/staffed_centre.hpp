// What bench/staffed-year.yaml says, as tables for the loop written by hand (staffed_bound.cpp), and its list of
// events. Agents are numbered team after team, so that a set of them is a word of 64 bits.
#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <vector>

#include "core/random.hpp"
#include "core/time.hpp"

namespace staffed {

using mailflow::day;
using mailflow::hour;
using mailflow::minute;
using mailflow::second;
using mailflow::Stream;
using mailflow::Ticks;

/// In the order in which those of equal urgency are served.
enum Station { recorded, letter_sorter, facing, coding, hand, split, dock, flats, parcel_sorter, stations };
enum Product { letter, mailing, flat, packet, parcel, registered, products };
enum Destination { town, suburb, north, south, east, west, island, abroad, destinations };
/// By name.
enum Team { by_coding, by_evening, by_gate, by_morning, by_night, by_parcels, by_registered, by_versatile, teams };

struct StationIs {
  int servers;
  int crew;
  double items_per_hour;
};
constexpr std::array<StationIs, stations> station_is{{{12, 1, 48},
                                                      {2, 2, 9000},
                                                      {8, 1, 3000},
                                                      {6, 1, 900},
                                                      {8, 1, 600},
                                                      {8, 1, 5000},
                                                      {8, 1, 5000},
                                                      {10, 1, 350},
                                                      {8, 1, 0}}};  // the last: a triangular law per item
constexpr int servers = 70;

struct ProductIs {
  int lot;
  double kg;
  int priority;
  int due_days;
  Ticks due_at;
};
constexpr std::array<ProductIs, products> product_is{{{100, 0.02, 2, 1, 9 * hour},
                                                      {200, 0.03, 5, 3, 9 * hour},
                                                      {40, 0.12, 4, 2, 9 * hour},
                                                      {5, 0.3, 3, 2, 12 * hour},
                                                      {1, 2.4, 1, 2, 12 * hour},
                                                      {10, 0.06, 0, 1, 12 * hour}}};

struct Break {
  Ticks at;
  Ticks lasts;
};
constexpr unsigned mon_fri = 0b0011111;  // bit 0: Monday
constexpr unsigned tue_sat = 0b0111110;
constexpr unsigned mon_sat = 0b0111111;
constexpr unsigned daily = 0b1111111;
struct Shift {
  Ticks from;
  Ticks to;
  unsigned days;
  int breaks_count;
  std::array<Break, 2> breaks;
};
constexpr Ticks clock(int hours, int minutes) { return hours * hour + minutes * minute; }
constexpr Break half_hour_at(int hours, int minutes) { return {clock(hours, minutes), 30 * minute}; }
constexpr Shift morning_shift{clock(5, 30), clock(13, 18), mon_fri, 1, {half_hour_at(9, 0)}};
constexpr Shift day_shift{clock(8, 0), clock(15, 48), mon_fri, 2, {{{clock(10, 0), 10 * minute}, half_hour_at(12, 0)}}};
constexpr Shift saturday_shift{clock(7, 30), clock(15, 18), tue_sat, 1, {half_hour_at(11, 30)}};
constexpr Shift evening_shift{clock(14, 0), clock(21, 48), mon_fri, 1, {half_hour_at(18, 0)}};
constexpr Shift night_shift{clock(21, 0), clock(28, 48), mon_fri, 1, {half_hour_at(24, 30)}};

struct TeamIs {
  int agents;
  Shift shift;
  int skills;
  std::array<double, stations> pace;
};
// paces at: recorded, letter sorter, facing, coding, hand, split, dock, flats, parcel sorter
constexpr std::array<TeamIs, teams> team_is{{{4, evening_shift, 3, {0.8, 0, 0, 1, 0, 0, 0, 0, 0.8}},
                                             {15, evening_shift, 4, {0, 1, 1, 0.8, 1, 1, 0.9, 1, 0}},
                                             {5, saturday_shift, 2, {0, 0, 0.8, 0, 0.8, 0.8, 1, 0.8, 0}},
                                             {10, morning_shift, 3, {0, 1, 1, 0, 1, 1, 0.8, 1, 0}},
                                             {7, night_shift, 3, {0, 1, 1, 0, 1, 1, 0.8, 1, 0}},
                                             {8, day_shift, 2, {0, 0, 0, 0, 0, 0, 0.7, 0, 1}},
                                             {7, day_shift, 2, {1, 0, 0, 0.9, 0, 0, 0, 0, 0}},
                                             {4, saturday_shift, 4, {0.9, 0, 0.9, 0.9, 0.9, 0.9, 0, 0.9, 0.9}}}};
constexpr int agents = 60;
constexpr double absent = 0.07;
constexpr Ticks review_every = 15 * minute;
constexpr Ticks move_takes = 3 * minute;

/// A vehicle of a timetable: one for each time of day.
struct VehicleIs {
  Ticks at;
  unsigned days;
  int from;  ///< source: its loads and the shares of its destinations
};
constexpr std::array<VehicleIs, 5> vehicle_is{{{clock(8, 0), mon_fri, 0},
                                               {clock(10, 30), mon_fri, 0},
                                               {clock(15, 30), mon_fri, 1},
                                               {clock(17, 30), mon_fri, 1},
                                               {clock(2, 30), tue_sat, 2}}};
struct Count {
  double mean;
  double sd;  ///< 0: of a Poisson law
};
constexpr std::array<std::array<Count, products>, 3> load_is{
    {{{{10000, 1800}, {8000, 2000}, {1500, 300}, {150, 0}, {120, 0}, {300, 60}}},
     {{{25000, 3000}, {6000, 1500}, {2800, 500}, {350, 0}, {220, 0}, {600, 100}}},
     {{{27000, 4000}, {9000, 2500}, {3000, 600}, {450, 0}, {350, 0}, {400, 80}}}}};
using Shares = std::array<double, destinations>;
constexpr Shares posted_here{0.30, 0.22, 0.12, 0.10, 0.09, 0.08, 0.04, 0.05};
constexpr Shares from_elsewhere{0.42, 0.28, 0.10, 0.08, 0.06, 0.04, 0.02, 0};

struct DepartureIs {
  Ticks at;
  unsigned days;
  Ticks closes;
  int first;  ///< destination, and how many from it on
  int count;
  double items;  ///< capacity; 0: none
  double kg;
};
constexpr std::array<DepartureIs, 12> departure_is{{
    {clock(5, 45), mon_sat, 15 * minute, town, 1, 60000, 0},
    {clock(12, 45), mon_sat, 15 * minute, town, 2, 60000, 0},
    {clock(5, 30), mon_sat, 15 * minute, suburb, 1, 40000, 0},
    {clock(4, 30), mon_sat, 20 * minute, north, 1, 30000, 0},
    {clock(13, 0), mon_sat, 20 * minute, north, 1, 30000, 0},
    {clock(4, 40), mon_sat, 20 * minute, south, 1, 25000, 0},
    {clock(13, 10), mon_sat, 20 * minute, south, 1, 25000, 0},
    {clock(4, 50), mon_sat, 20 * minute, east, 1, 25000, 0},
    {clock(5, 0), mon_sat, 20 * minute, west, 1, 25000, 0},
    {clock(7, 10), daily, 90 * minute, island, 1, 0, 350},
    {clock(15, 20), daily, 90 * minute, island, 1, 0, 350},
    {clock(7, 0), mon_sat, 30 * minute, abroad, 1, 0, 1200},
}};

/// Whether something of these weekdays is on a day from 0, a Monday.
constexpr bool on(unsigned days, Ticks of) { return ((days >> static_cast<unsigned>(of % 7)) & 1U) != 0; }
/// The next day from `from` on of these weekdays.
constexpr Ticks next_on(unsigned days, Ticks from) {
  while (!on(days, from)) ++from;
  return from;
}

/// When mail that comes now is due: J+n of working days.
inline Ticks due_of(int product, Ticks now) {
  const ProductIs& is = product_is[static_cast<std::size_t>(product)];
  Ticks of = now / day;
  if (!on(mon_fri, of) || now % day >= 18 * hour) of = next_on(mon_fri, of + 1);
  for (int n = 0; n < is.due_days; ++n) of = next_on(mon_fri, of + 1);
  return of * day + is.due_at;
}

inline double triangular(double least, double mode, double most, Stream& stream) {
  const double u = stream.uniform() * (most - least);
  return u < mode - least ? least + std::sqrt(u * (mode - least))
                          : most - std::sqrt((most - least - u) * (most - mode));
}

/// What happens at one instant happens in this order; then work is given out, then reviews.
enum Kind : std::uint8_t {
  fails,
  repaired,
  phase_ends,
  walk_ends,
  agent_arrives,
  bag_goes,
  counter_lot,
  vehicle_due,
  vehicle,
  duty_starts,
  break_starts,
  break_ends,
  duty_ends,
  departs,
  review
};

struct Event {
  std::uint64_t key;  ///< instant and kind
  std::int32_t what;
  std::uint32_t token;
  Ticks at() const { return static_cast<Ticks>(key >> 8U); }
  Kind kind() const { return static_cast<Kind>(key & 0xffU); }
};

class Heap {
 public:
  const Event& top() const { return events_.front(); }
  void push(Ticks at, Kind kind, int what, std::uint32_t token = 0) {
    const Event event{static_cast<std::uint64_t>(at) << 8U | kind, what, token};
    std::size_t i = events_.size();
    events_.push_back(event);
    for (; i > 0 && event.key < events_[(i - 1) / 4].key; i = (i - 1) / 4) events_[i] = events_[(i - 1) / 4];
    events_[i] = event;
  }
  /// Which of four is least no branch predictor can guess: they are compared without branches.
  void pop() {
    const Event last = events_.back();
    events_.pop_back();
    const std::size_t size = events_.size();
    if (size == 0) return;
    Event* const e = events_.data();
    std::size_t i = 0;
    for (;;) {
      const std::size_t first = 4 * i + 1;
      if (first >= size) break;
      std::size_t least = first;
      if (first + 4 <= size) {
        const std::size_t a = first + (e[first + 1].key < e[first].key ? 1 : 0);
        const std::size_t b = first + (e[first + 3].key < e[first + 2].key ? 3 : 2);
        least = e[b].key < e[a].key ? b : a;
      } else {
        for (std::size_t c = first + 1; c < size; ++c) least = e[c].key < e[least].key ? c : least;
      }
      if (e[least].key >= last.key) break;
      e[i] = e[least];
      i = least;
    }
    e[i] = last;
  }

 private:
  std::vector<Event> events_;
};

}  // namespace staffed
