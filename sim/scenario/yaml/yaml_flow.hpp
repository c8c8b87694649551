// What is wrong within { } and [ ] of YAML that could not be read.
#pragma once

#include "scenario/yaml/yaml_lines.hpp"

namespace mailflow::slips {

/// The slip on a line, of the brackets that are open there or begin there.
MaybeSlip slip_in_brackets(const SourceFile& file, std::size_t line);

}  // namespace mailflow::slips
