// A scenario written otherwise, so that it says the same.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "draws.hpp"
#include "random_centre.hpp"

namespace mailflow::laws {

/// Every quantity in another unit.
Tree in_other_units(Tree scenario, Draws& draw);
/// At stations a service of so long per item in the place of a rate.
Tree with_services_for_rates(Tree scenario);
/// With a product, a destination, a source, a station, a team, a departure that no mail and nobody comes to, each
/// called KIND_ending.
Centre with_idle_things(Centre centre, const std::string& ending, Draws& draw);
/// Their figures, out of the results.
void take_away(nlohmann::json& json, const std::string& ending);

}  // namespace mailflow::laws
