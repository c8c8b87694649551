// Whether less mail is what makes a figure of a station or departure better; then it is no merit.
#pragma once

#include <string>
#include <vector>

#include "stats/comparison.hpp"

namespace mailflow {

/// The measure of how much mail comes to the station or departure that a measure is of; empty where it is of neither.
std::string mail_there(const std::string& measure);
/// No late items and no queue are no merit where no mail comes: better becomes `differs` where less than 99 % of the
/// base's mail came there, from the values of `mail_there`.
void weigh_mail(Difference& difference, const std::vector<double>& base, const std::vector<double>& alternative);

}  // namespace mailflow
