// Runs a model: the one way in to the engine.
//
//   Results results = simulate(model, {.seed = 7});
//
// A pure function of model, seed and replication: the same arguments give the same bytes. No files, no console, no wall
// clock, no globals. Throws RunFailure when the run breaks a promise (mail not conserved, a minute without a cause) or
// cannot go on (mail goes round in no time, or takes more memory than the process may: core/memory.hpp).
#pragma once

#include <cstdint>
#include <functional>
#include <stdexcept>

#include "core/time.hpp"
#include "mail/model.hpp"
#include "metrics/cause.hpp"
#include "metrics/results.hpp"

namespace mailflow {

struct RunFailure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// One thing that happened to one lot. `activity` is one of the literals: "arrive", "wait", "process", "move", "hold",
/// "set up", "blocked", "split", "bag", "load", "leave", "here" (there when the run begins in a situation; or up to the
/// end, still there). What lasts is told when it ends. The rows of one lot at one station follow each other without a
/// gap.
struct LotEvent {
  std::int64_t lot = 0;     ///< case: numbered from 1 in order of creation
  std::int64_t parent = 0;  ///< the lot it was split from or bagged into; 0: none
  const char* activity = "";
  Ticks start = 0, end = 0;
  StationIndex station;
  int agents = 0;
  int items = 0;      ///< of "process": handled in it
  int lot_items = 0;  ///< of the whole lot meanwhile
  ProductIndex product;
  DestinationIndex destination;
  DepartureIndex departure;  ///< of "load" and "leave"
  Ticks due = never;
};

/// Time of a lot's items booked to one cause, told when it is booked.
struct BookedTime {
  std::int64_t lot = 0;
  StationIndex station;
  Cause cause = Cause::processing;
  Ticks from = 0, to = 0;  ///< the span it lay in; other causes may lie in it too
  ItemTicks item_ticks = 0;
  int items = 0;
};

/// A stretch of an agent's duty in one state, told when it ends; the window's start ends one.
struct AgentEvent {
  enum class State : std::uint8_t { idle, working, moving, on_break };
  TeamIndex team;
  int agent = 0;  ///< within the team, from 0
  State state = State::idle;
  StationIndex station;  ///< where it stands or walks to
  Ticks start = 0, end = 0;
  Ticks came = 0, duty_ends = 0;  ///< of its duty
  bool sent = false;              ///< no stretch, but: it is sent from one post to another
};

/// Items judged late: they left late, or are still here past due at the end.
struct LateItems {
  std::int64_t lot = 0;
  std::int64_t bag = 0;  ///< the bag it left in; 0: none
  int items = 0;
  ProductIndex product;
  DestinationIndex destination;
  DepartureIndex departure;
  Ticks due = 0, at = 0;
  bool still_here = false;
};

/// Is told what happens. Only `on` must be written; the others do nothing unless written.
class EventSink {
 public:
  virtual ~EventSink() = default;
  virtual void on(const LotEvent& event) = 0;
  virtual void booked(const BookedTime& /*time*/) {}
  virtual void agent(const AgentEvent& /*event*/) {}
  virtual void late(const LateItems& /*items*/) {}
  /// A lot enters a station.
  virtual void entered(std::int64_t /*lot*/, ProductIndex /*product*/, int /*items*/, StationIndex /*station*/,
                       Ticks /*at*/) {}
  /// A lot is taken from another: it shares its past.
  virtual void divided(std::int64_t /*child*/, std::int64_t /*parent*/) {}
  /// A lot is put into a bag; `from_bag` is the one it was in before (0: none).
  virtual void bagged(std::int64_t /*lot*/, std::int64_t /*from_bag*/, std::int64_t /*bag*/, StationIndex /*station*/) {
  }
  /// Nothing more will be told of this lot.
  virtual void gone(std::int64_t /*lot*/) {}
};

struct RunOptions {
  std::uint64_t seed = 1;
  std::uint64_t replication = 1;
  EventSink* events = nullptr;  ///< not owned; null: no log, at no cost
  bool own_times = true;        ///< items' own times at stations are wanted
  bool allow_blocks = true;     ///< false: the general loop even where the loop by blocks would do
  /// The situation at an instant of the run, kept just before anything of that instant happens; not owned, null: none.
  Situation* situation = nullptr;
  Ticks situation_at = 0;
  /// Called now and then (every 2^18 events) with the present instant; null: never.
  std::function<void(Ticks)> progress;
};

Results simulate(const Model& model, const RunOptions& options);

}  // namespace mailflow
