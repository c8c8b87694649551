// Names a model by its content: two models with the same fingerprint give the same results.
#pragma once

#include <string>

#include "mail/model.hpp"

namespace mailflow {

/// A UUID (version 5, SHA-1) over every field of the model that a run can see (labels, file names and the seed aside)
/// and over the sources the program was built from. New fields are hashed without being listed (Boost.PFR).
std::string fingerprint(const Model& model);

/// A UUID over the sources of the program, from core to metrics; another build of the same sources has the same.
std::string program_fingerprint();

}  // namespace mailflow
