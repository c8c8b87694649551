// Names of people, centres and values as names of files and folders: the one place where they become such.
#pragma once

#include <set>
#include <string>
#include <vector>

namespace mailflow {

/// A file name made of a name: on no system does it lead elsewhere or name a device; it is not hidden, and is at most
/// 200 bytes long.
std::string file_name_of(const std::string& name);

/// One for each name, no two alike (capitals aside) and none of `taken`: those that come later have -2, -3, ... before
/// `end`, which all end in.
std::vector<std::string> file_names_of(const std::vector<std::string>& names, const std::string& end,
                                       std::set<std::string> taken = {});

}  // namespace mailflow
