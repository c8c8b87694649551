// A route (mail/model.hpp) as a run follows it: a lot's next station within few steps, each of which touches a table of
// small numbers instead of the route's nodes, of which many destinations have many.
//
//   RouteTable table(station.next);
//   int at = table.begin();
//   while (table.by_mail(at)) at = table.follow(at, lot.product, lot.destination);
//   table.station(at)                            ... or, where it falls to shares, table.node(at)
#pragma once

#include <climits>
#include <cstdint>
#include <vector>

#include "mail/indices.hpp"
#include "mail/model.hpp"

namespace mailflow {

class RouteTable {
 public:
  RouteTable() = default;
  /// The route is not owned and outlives the table.
  explicit RouteTable(const Route& route);

  int begin() const { return begin_; }
  /// Whether the place is one where product or destination decides.
  bool by_mail(int at) const { return at >= 0 && branches_[static_cast<std::size_t>(at)].shares == nullptr; }
  int follow(int at, ProductIndex product, DestinationIndex destination) const {
    const Branch& branch = branches_[static_cast<std::size_t>(at)];
    return next_[branch.first + (branch.by_product ? product.at() : destination.at())];
  }
  /// Whether the place is a station, or out of the centre.
  static bool is_end(int at) { return at < 0; }
  /// None: out of the centre.
  static StationIndex station(int at) { return StationIndex(-at - 2); }
  /// Where shares decide: the node, and the place of each.
  const RouteNode& node(int at) const { return *branches_[static_cast<std::size_t>(at)].shares; }
  int share(int at, std::size_t which) const { return next_[branches_[static_cast<std::size_t>(at)].first + which]; }

 private:
  struct Branch {
    std::size_t first = 0;  ///< in next_
    bool by_product = false;
    const RouteNode* shares = nullptr;
  };
  static constexpr int nowhere = INT_MIN;  ///< cannot happen
  int place_of(const Route& route, RouteNodeIndex node);

  std::vector<Branch> branches_;
  std::vector<int> next_;
  int begin_ = nowhere;
};

}  // namespace mailflow
