// Where mail goes next: the value of a `next`.
#pragma once

#include "scenario/sections/reading.hpp"

namespace mailflow {

Route read_route(Reading& reading, const Node& next);

}  // namespace mailflow
