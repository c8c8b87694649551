// What a scenario takes for given: each product, source, station, shift, team, departure and target with the values
// that hold a number, as written, and what the file says of them: the comment above and beside. Made by
// scenario/assumptions.hpp.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace mailflow {

struct Assumption {
  std::string section, name;                                ///< "stations", "dock"
  std::vector<std::pair<std::string, std::string>> values;  ///< key below it, what is written
  std::string label_fr, label_en;                           ///< empty: it has none of its own
  std::string note;                                         ///< the file's comment, else its section's; empty: none
};

struct Assumptions {
  std::vector<std::string> said;  ///< the comment that each file begins with
  std::vector<Assumption> all;    ///< in the order of the file
};

}  // namespace mailflow
