// A scenario that is another one plus changes: `base:` names it, `change:` sets, adds and removes by name.
//
//   base: today.yaml
//   change:
//     set: {staff.teams.night.agents: 11}     the key must be there, and the value must differ
//     add: {staff.teams.students: {...}}      the key must not be there, and what holds it must
//     remove: [targets.cost]                  the key must be there
//
// Any other key is laid over the base's: maps key by key, all else replaces. A base may itself have a base.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "scenario/load_options.hpp"
#include "scenario/yaml/document.hpp"

namespace mailflow {

/// Reads a scenario and all its bases into one tree without `base` and `change`; values keep the places where they were
/// written. Empty when nothing can be made of it.
std::optional<Node> read_scenario(const std::string& path, Problems& problems);
/// The same as the options say: of a text instead of the file's, with values set on top, by path, from outside any file
/// (`--vary`): each path must be there; a value that is there already will do.
std::optional<Node> read_scenario_with(const std::string& path, const LoadOptions& options, Problems& problems);
/// Changes a tree by `set` (what is there; the same value will do), `add` and `remove`, as `change:` does.
void apply_change(Node& root, const Node& change, Problems& problems);
/// The same for a scenario whose text is at hand.
std::optional<Node> read_scenario_text(const std::string& path, const std::string& text, Problems& problems);

}  // namespace mailflow
