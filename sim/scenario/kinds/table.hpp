// What the language knows of each kind of station. A new kind is a line here; the compiler names it where it lacks.
#pragma once

#include "scenario/kinds/bagging.hpp"
#include "scenario/kinds/bay.hpp"
#include "scenario/kinds/conveyor.hpp"
#include "scenario/kinds/hold.hpp"
#include "scenario/kinds/machine.hpp"
#include "scenario/kinds/manual.hpp"
#include "scenario/kinds/walk.hpp"

namespace mailflow {

constexpr const StationLanguage& language_of(StationKind kind) {
  switch (kind) {
    case StationKind::manual:
      return manual_language;
    case StationKind::machine:
      return machine_language;
    case StationKind::conveyor:
      return conveyor_language;
    case StationKind::walk:
      return walk_language;
    case StationKind::hold:
      return hold_language;
    case StationKind::bagging:
      return bagging_language;
    case StationKind::bay:
      return bay_language;
  }
  return manual_language;  // there is no other
}

}  // namespace mailflow
