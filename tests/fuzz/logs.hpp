// What a log of events must be, whatever the scenario.
#pragma once

#include <string>

namespace mailflow::fuzz {

/// What is wrong with a log (csv, xes or ocel); empty: nothing.
std::string fault_of_log(const std::string& format, const std::string& text);

}  // namespace mailflow::fuzz
