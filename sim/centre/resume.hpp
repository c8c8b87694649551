// A run that begins in a stated situation (mail/situation.hpp): all that the start of a run sets up, with mail, agents
// and machines in it.
#pragma once

#include "centre/centre.hpp"

namespace mailflow {

/// The centre is as the model's situation says, at its instant, and what is to happen from there is on the agenda, but
/// for what happens by the clock whatever is there.
void resume(Centre& centre);

}  // namespace mailflow
