// The parts of warn_of_hopeless() that weigh what comes against what can be done.
#pragma once

#include "scenario/checks/capacity.hpp"
#include "scenario/checks/loads.hpp"

namespace mailflow {

// checks_staff.cpp
/// Stations that never work: no crew of theirs is ever whole while they are open.
void warn_of_never_staffed(const Check& check, const Capacities& capacities);

// checks_work.cpp
/// Stations that cannot do what they are offered, each alone or together with those that share its people. Gives the
/// items that stand there at the end, on average.
double warn_of_overload(const Check& check, const Loads& loads, Capacities& capacities);

// checks_bays.cpp
/// Departures that cannot carry what comes to their bays; `held_back`: items that never get there.
void warn_of_small_departures(const Check& check, const Loads& loads, double held_back);

// checks_crowd.cpp
/// Sources that bring more lots at one instant than memory holds well.
void warn_of_crowds(const Check& check);

// checks_promises.cpp
/// Products due before the first departure that could take them.
void warn_of_promises_never_kept(const Check& check, const Loads& loads);

}  // namespace mailflow
