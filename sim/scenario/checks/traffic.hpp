// Mail that flows through stations that may hold some of it back, all kinds of it together.
#pragma once

#include <cstddef>
#include <vector>

#include "scenario/checks/loads.hpp"

namespace mailflow {

class Traffic {
 public:
  explicit Traffic(const Loads& loads);

  /// Items that come to each station, and are done there, when each does at most `most` and of that the share `cut`.
  void spread();
  /// Work that an item at each station has still before it, itself included: `work` is that of one item at each.
  std::vector<double> still_to_come(const std::vector<double>& work) const;

  std::vector<double> most;       ///< items that a station can do
  std::vector<double> cut;        ///< share of them that it does
  std::vector<double> comes;      ///< items
  std::vector<double> done;       ///< items
  std::vector<std::size_t> rank;  ///< of a station: mail comes to lower ones first

 private:
  struct Way {
    std::size_t station;
    double share;
  };
  std::vector<double> outside_;
  std::vector<std::vector<Way>> into_, onward_;
  std::vector<std::size_t> order_;  ///< the stations by rank
};

}  // namespace mailflow
