// What is legal but hopeless: warnings from the routing as a graph and from its traffic equations.
#pragma once

#include <map>
#include <string>

#include "core/problems.hpp"
#include "mail/model.hpp"

namespace mailflow {

/// `places`: "stations NAME", "products NAME", "destinations NAME" to where each is written. Mail that cannot be routed
/// at all (a product or destination that a `next` does not name) is an error: the run could not go on.
void warn_of_hopeless(const Model& model, const std::map<std::string, Place>& places, Problems& problems);

}  // namespace mailflow
