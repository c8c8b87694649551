// A scenario of one centre, section by section.
#pragma once

#include "scenario/sections/reading.hpp"

namespace mailflow {

/// All sections, in an order in which each finds what it refers to; the scenario is to be used only when there are no
/// errors.
void read_sections(Reading& reading);

/// `run:`, with what a situation changes of its span. No calendar: there is no date to begin at.
void read_run(Reading& reading);

/// `mailflow: 1`; `help`: what to write else.
void check_version(Reading& reading, const Node& root, const std::string& help);

}  // namespace mailflow
