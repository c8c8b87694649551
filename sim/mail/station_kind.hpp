// The kinds of station. What each does in a run is in centre/kinds, what the language says of it in scenario/kinds.
#pragma once

#include <cstdint>
#include <string_view>

namespace mailflow {

enum class StationKind : std::uint8_t { manual, machine, conveyor, walk, hold, bagging, bay };

constexpr std::string_view word_of(StationKind value) {
  switch (value) {
    case StationKind::manual:
      return "manual";
    case StationKind::machine:
      return "machine";
    case StationKind::conveyor:
      return "conveyor";
    case StationKind::walk:
      return "walk";
    case StationKind::hold:
      return "hold";
    case StationKind::bagging:
      return "bagging";
    case StationKind::bay:
      return "bay";
  }
  return {};
}

/// Has servers with a lot in hand; at all others everything waits or moves.
constexpr bool takes_in_hand(StationKind kind) { return kind == StationKind::manual || kind == StationKind::machine; }

}  // namespace mailflow
