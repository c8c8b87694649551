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
  Rows<Station, double> still_to_come(const Rows<Station, double>& work) const;

  Rows<Station, double> most;       ///< items that a station can do
  Rows<Station, double> cut;        ///< share of them that it does
  Rows<Station, double> comes;      ///< items
  Rows<Station, double> done;       ///< items
  Rows<Station, std::size_t> rank;  ///< mail comes to lower ones first

 private:
  struct Way {
    StationIndex station;
    double share;
  };
  Rows<Station, double> outside_;
  Rows<Station, std::vector<Way>> into_, onward_;
  std::vector<StationIndex> order_;  ///< the stations by rank
};

}  // namespace mailflow
