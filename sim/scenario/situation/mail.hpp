// The mail that is there as a run begins.
#pragma once

#include "scenario/sections/reading.hpp"

namespace mailflow {

/// A list of entries, or a CSV file with a row for each and their keys as columns.
void read_mail_there(Reading& reading, const Node& mail);

}  // namespace mailflow
