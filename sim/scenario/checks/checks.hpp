// What is legal but hopeless: warnings from the routing as a graph, from its traffic equations, and from what stations,
// people and departures can do at most.
#pragma once

#include <map>
#include <string>

#include "core/problems.hpp"
#include "mail/model.hpp"
#include "mail/plan_request.hpp"

namespace mailflow {

/// `places`: "stations NAME", "products NAME", "destinations NAME" to where each is written. Mail that cannot be routed
/// at all (a product or destination that a `next` does not name) is an error: the run could not go on.
/// `plan` may leave open who comes.
void warn_of_hopeless(const Model& model, const PlanRequest& plan, const std::map<std::string, Place>& places,
                      Problems& problems);

}  // namespace mailflow
