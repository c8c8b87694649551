// Which of the program's own results a file or a folder holds, so that another kind of them is not taken for a
// stranger's.
#pragma once

#include <string>

namespace mailflow {

/// Of a file that one of the commands writes with --out: what it is of and what reads it, "the results of a run, which
/// mailflow report reads"; by its name and how it begins. Empty: none of them.
std::string results_kind(const std::string& path);

/// The same of a folder, by the first of its files that is one of them.
std::string results_kind_in(const std::string& folder);

}  // namespace mailflow
