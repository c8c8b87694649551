// What is cut out of a text and put into it for one edit.
#pragma once

#include <string>
#include <vector>

#include "scenario/edit/where.hpp"
#include "scenario/edit/written.hpp"

namespace mailflow::editing {

struct Cut {
  std::size_t begin = 0;
  std::size_t end = 0;  ///< as begin: nothing is cut out
  std::string text;     ///< put there
};
using Cuts = std::vector<Cut>;

/// The text with the cuts made.
std::string cut(const std::string& text, Cuts cuts);

Cuts set_value(const Source& source, const Where& where, const Written& value);
/// A new entry of a map or list; `index`: the one that it stands before. The key as it is written; of a list empty.
Cuts add_entry(const Source& source, const Where& where, std::size_t index, const std::string& key,
               const Written& value);
Cuts remove_entry(const Source& source, const Where& where);

}  // namespace mailflow::editing
