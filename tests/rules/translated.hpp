// The rule that what the program says to its user is said in the reader's language: each sentence that a problem, a
// failure or a help text is made of stands in tr(...), where the catalogue (sim/core/fr.po) finds it.
#pragma once

#include "rules/rules.hpp"

namespace mailflow::rules {

/// No sentence outside of tr(...) among the arguments of what tells a user something: problems.error(), warning() and
/// note(), bad(), a Failure, an exception that is told, an option of a command.
Breaches sentences_are_translated(const Tree& tree);

}  // namespace mailflow::rules
