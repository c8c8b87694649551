// Which column of a recorded file says what, and which rows count. Part of builder.hpp.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "scenario/builder.hpp"

namespace mailflow {

struct Builder::Recording {
  int time = -1, product = -1, destination = -1, items = -1, leave_by = -1;  ///< columns; -1: none
  int only_product = -1;                                                     ///< where no column says the product
  std::vector<std::pair<std::size_t, std::string>> where;                    ///< column and the value that counts
};

}  // namespace mailflow
