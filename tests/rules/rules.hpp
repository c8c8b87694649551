// The rules of the source tree that no compiler checks: which folder may include which, what stays out of a run.
//
//   core <- mail <- metrics <- centre <- network <- scenario <- experiment <- planning <- cli
//
// Each rule is a function of a tree held in memory, so that it can be tried on a tree that breaks it. It gives one line
// a breach, "sim/core/x.hpp:3: what is wrong"; none: the rule is kept.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace mailflow::rules {

/// Text by path from the top of the checkout: "sim/core/time.hpp".
using Tree = std::map<std::string, std::string>;
using Breaches = std::vector<std::string>;

/// The .hpp and .cpp files of sim/ and tests/ as they are on disk.
Tree read_tree(const std::string& top);

/// Comments and the insides of literals blanked out; line ends stay.
std::string code_only(const std::string& text);

/// A folder of sim/ includes only those it may see, by a path from sim/ that exists.
Breaches include_directions(const Tree& tree);
/// Folders within a folder of sim/ include each other in one direction: no way leads from one back to itself.
Breaches inner_folders_in_one_direction(const Tree& tree);
/// Below scenario: no files, no console, no wall clock, no randomness that a seed does not command.
Breaches nothing_from_outside(const Tree& tree);
/// A library that only one folder knows stays there.
Breaches libraries_in_their_place(const Tree& tree);
/// Each header opens with what it is for, and is read once.
Breaches headers_are_documented(const Tree& tree);
/// No file of more than 500 lines.
Breaches files_are_short(const Tree& tree);
/// No two types of one name in one namespace of the program, where the linker would take either (a test program sees
/// sim/ and its own folder).
Breaches types_are_named_once(const Tree& tree);
/// Names in snake_case; each .cpp of sim/ (but for the commands, sim/cli) beside its .hpp, or named by a header in its
/// folder whose bodies fill several files.
Breaches files_are_paired(const Tree& tree);

}  // namespace mailflow::rules
