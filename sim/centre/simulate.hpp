// Runs a model: the one way in to the engine.
//
//   Results results = simulate(model, {.seed = 7});
//
// A pure function of model, seed and replication: the same arguments give the same bytes. No files, no console, no wall
// clock, no globals. Throws RunFailure when the run breaks a promise (mail not conserved, a minute without a cause) or
// cannot go on (the calendar grows without end).
#pragma once

#include <cstdint>
#include <functional>
#include <stdexcept>

#include "core/time.hpp"
#include "mail/model.hpp"
#include "metrics/results.hpp"

namespace mailflow {

struct RunFailure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// One thing that happened to one lot. `activity` is one of the literals: "arrive", "wait", "process", "move", "hold",
/// "set up", "split", "bag", "load", "leave". A wait and a process are told when they end.
struct LotEvent {
  std::int64_t lot = 0;     ///< case: numbered from 1 in order of creation
  std::int64_t parent = 0;  ///< the lot it was split from or bagged into; 0: none
  const char* activity = "";
  Ticks start = 0, end = 0;
  int station = -1;
  int agents = 0;
  int items = 0;
  int product = -1;
  int destination = -1;
  int departure = -1;  ///< of "load"
  Ticks due = never;
};

class EventSink {
 public:
  virtual ~EventSink() = default;
  virtual void on(const LotEvent& event) = 0;
};

struct RunOptions {
  std::uint64_t seed = 1;
  std::uint64_t replication = 1;
  EventSink* events = nullptr;   ///< not owned; null: no log, at no cost
  bool allow_plain_loop = true;  ///< false: the general loop even where the plain one would do
  /// Called now and then (every 2^18 events) with the present instant; null: never.
  std::function<void(Ticks)> progress;
};

Results simulate(const Model& model, const RunOptions& options);

}  // namespace mailflow
