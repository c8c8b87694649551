// What is to happen in a run, and what time it is: every event's kind, whom it is about, and the order of those of one
// instant are settled here alone.
//
//   agenda.schedule(at, EventKind::repair, server);
//   const Event event = agenda.take();          // now() is its instant
//   if (kind_of(event) == EventKind::repair) servers.repair(about<Server>(event));
//
// Events of one instant and kind go in order of the names of what they are about, then in order of scheduling.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "centre/setting.hpp"
#include "core/event_calendar.hpp"
#include "core/index.hpp"

namespace mailflow {

struct Lot;

/// Kinds of event, in the order in which those of one instant happen (the rank is the number before the dot).
enum class EventKind : std::uint8_t {
  situation = 0x00,  // the situation is kept, before anything of its instant happens
  backlog = 0x01,    // what waits at the start is there
  warm_up = 0x02,    // the window begins: what comes at this instant comes within it
  hours = 0x10,      // a station opens or closes
  fail = 0x20,       // a server breaks down
  repair = 0x21,
  phase_end = 0x30,  // a handling or set-up ends
  delay_end = 0x31,  // a move or hold ends
  agent_arrives = 0x32,
  bag_goes = 0x33,      // a part-filled bag has waited long enough
  source = 0x40,        // the next lot of a rate or gap source
  vehicle_due = 0x41,   // a vehicle's time in the timetable
  vehicle = 0x42,       // it arrives
  rows = 0x43,          // the next rows of a replay
  lot_arrives = 0x44,   // a lot of a replayed bin
  load_arrives = 0x45,  // what comes by a link
  duty_start = 0x50,
  break_start = 0x51,
  break_end = 0x52,
  duty_end = 0x53,
  leave = 0x54,  // some agents of a duty go at another time than its end
  departure = 0x60,
  review = 0x70,     // once work has been given out
  hour_mark = 0x80,  // hourly counts
  sample = 0x81,     // left over
  end = 0x90,
};

inline EventKind kind_of(const Event& event) { return static_cast<EventKind>(event.rank()); }
/// Whom the event is about.
template <class Of>
Index<Of> about(const Event& event) {
  return Index<Of>(event.index);
}

class Agenda {
 public:
  explicit Agenda(const NameOrder& names);
  Agenda(const Agenda&) = delete;
  Agenda& operator=(const Agenda&) = delete;
  Agenda(Agenda&&) = delete;
  Agenda& operator=(Agenda&&) = delete;
  ~Agenda() = default;

  Ticks now() const { return now_; }
  /// The clock is put there: nothing that is to happen before is on the agenda.
  void set_now(Ticks now) { now_ = now; }
  /// Since when is counted.
  Ticks window_from() const { return window_from_; }
  /// All is counted from now on.
  void begin_window() { window_from_ = now_; }

  /// `at` >= now.
  template <class Of>
  void schedule(Ticks at, EventKind kind, Index<Of> whom, std::uint32_t token = 0) {
    const std::vector<std::uint16_t>* places = places_[static_cast<std::size_t>(kind)];
    put(at, kind, static_cast<std::uint32_t>(whom.number()), token,
        places == nullptr ? std::uint16_t{0} : (*places)[whom.at()]);
  }
  /// About nobody: the end, a review.
  void schedule(Ticks at, EventKind kind, std::uint32_t which = 0, std::uint32_t token = 0) {
    put(at, kind, which, token, 0);
  }
  /// What ends for mail at a station.
  template <class Of>
  void schedule_at(StationIndex station, Ticks at, EventKind kind, Index<Of> whom, std::uint32_t token = 0) {
    put(at, kind, static_cast<std::uint32_t>(whom.number()), token, names_.station_place[station]);
  }
  /// A lot that a source will bring.
  void schedule_lot(Ticks at, Index<Lot> lot, SourceIndex source) {
    put(at, EventKind::lot_arrives, static_cast<std::uint32_t>(lot.number()),
        static_cast<std::uint32_t>(source.number()), names_.source_place[source]);
  }

  bool empty() const { return calendar_.empty(); }
  /// The next event; there is one. Valid until something is scheduled or taken.
  const Event& next() {
    calendar_.settle();
    return calendar_.next();
  }
  /// Takes the next event, and the clock is at its instant.
  Event take() {
    const Event event = calendar_.take();
    now_ = event.at;
    return event;
  }
  /// Takes all events of a kind off the agenda, in order.
  std::vector<Event> withdraw(EventKind kind);
  /// All that is to happen, in no stated order; at the cost of copying it.
  std::vector<Event> pending() const { return calendar_.pending(); }

 private:
  void put(Ticks at, EventKind kind, std::uint32_t index, std::uint32_t token, std::uint16_t place) {
    calendar_.schedule(at, static_cast<std::uint8_t>(kind), index, token, place);
  }

  const NameOrder& names_;
  /// By kind of event: the places of those it is about; null: they have none, or schedule_at gives them.
  std::array<const std::vector<std::uint16_t>*, 256> places_{};
  EventCalendar calendar_;
  Ticks now_ = 0;
  Ticks window_from_ = 0;
};

}  // namespace mailflow
