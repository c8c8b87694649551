// The situation that a run is in, kept so that another can begin there (mail/situation.hpp).
#pragma once

#include "centre/centre.hpp"
#include "mail/situation.hpp"

namespace mailflow {

/// As it is now, before anything of this instant happens.
Situation kept_situation(const Centre& centre);

}  // namespace mailflow
