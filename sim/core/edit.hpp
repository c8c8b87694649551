// One change of the text of a scenario, by path: what the studio's forms, `mailflow edit` and the ways out of problems
// ask for. scenario/edit/edit.hpp makes it.
#pragma once

#include <cstdint>
#include <string>

namespace mailflow {

struct Edit {
  enum class Kind : std::uint8_t {
    set,     ///< what is there gets another value; a whole section, too
    add,     ///< a key that is not there, or one item more of a list
    remove,  ///< a key or an item of a list, with its value
    rename   ///< a key; with it what mentions an element of that name
  };
  Kind kind = Kind::set;
  /// Keys joined by dots, as `set:` of a what-if has them: staff.teams.night.agents; a key with dots in it stands in
  /// double quotes: change.set."staff.teams.night.agents". Of a list the place, from 1, or what the item says:
  /// staff.shifts.night.breaks.1, staff.assignment.priority.coding. To add an item: the place that it is to have, or +
  /// for the last.
  std::string path;
  /// set and add: YAML; what ends with a line end is lines of a section, else it is a value on its line. A text without
  /// quotes gets those that it needs, or that stood there by choice. rename: the name.
  std::string value;
  /// add, to a map: the key that it is to stand before; empty: where the language has it, or behind all others.
  std::string before;
};

}  // namespace mailflow
