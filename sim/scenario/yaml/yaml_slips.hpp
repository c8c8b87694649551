// Where YAML gives up, the slip of a planner that it comes from: a colon or a blank that is missing, a blank too many,
// a quote or a bracket that is not closed. YAML's own words name what it met last, which is often the line below.
#pragma once

#include <memory>
#include <string>

#include "core/problems.hpp"

namespace mailflow {

/// Tells of what made YAML give up with `words` at a byte of a line (both from 0).
void tell_yaml_fault(const std::shared_ptr<const SourceFile>& file, std::size_t line, std::size_t byte,
                     const std::string& words, Problems& problems);

/// Tells of a second document in a file: one behind ---, or one that begins where the indent of the first ends.
void tell_second_document(const std::shared_ptr<const SourceFile>& file, const Place& place, Problems& problems);

/// A key without quotes that YAML let pass though it is none: "rate:900 items/h", "bay {kind". True: it was told.
/// `alone`: it has no value.
bool tell_slip_in_key(const std::string& key, bool alone, const Place& place, Problems& problems);

}  // namespace mailflow
