// A situation as the YAML that --from-state reads: what is written and read again is the same situation.
#pragma once

#include <string>

#include "mail/model.hpp"

namespace mailflow {

/// `there` is a situation of the model. Times are civil, to the microsecond where they need it.
std::string situation_yaml(const Model& model, const Situation& there);

}  // namespace mailflow
