// A centre as the page draws it: stations in the order of the flow, what leads from each to the next, teams,
// departures.
#pragma once

#include <string>

#include "mail/model.hpp"

namespace mailflow::studio {

/// JSON; its shape is in PROTOCOL.md.
std::string drawing_json(const Model& model);

}  // namespace mailflow::studio
