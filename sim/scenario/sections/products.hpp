// Products, destinations, sort plans by name, and when mail is due.
#pragma once

#include "scenario/sections/reading.hpp"

namespace mailflow {

void read_products(Reading& reading);

/// The civil days on which mail of the run may be due, once all that comes is known.
void read_due_days(Reading& reading);

}  // namespace mailflow
