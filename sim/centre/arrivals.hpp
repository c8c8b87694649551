// Mail comes: rates, gaps, vehicles, replays, and what waits at the start.
//
// Whatever comes at one instant (a vehicle's load, several vehicles, the rows of a recording) is put together first and
// then comes in lot by lot, in an order by chance (RULES.md, "What comes together"). Draws are named by source and
// occasion, so that they are the same whatever else a source brings and whenever the run began.
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "centre/agenda.hpp"
#include "centre/lots.hpp"
#include "centre/product_counts.hpp"
#include "centre/setting.hpp"
#include "core/index.hpp"
#include "core/random.hpp"

namespace mailflow {

class Flow;
class Servers;
class Staff;

/// Draws a destination among those that have a share, taken in order of name: how far the shares add up. Of many in
/// constant time: for each of as many equal parts of the unit the first destination that reaches beyond its beginning
/// (indexed search: H. Chen and Y. Asau 1974).
struct DestinationTable {
  std::vector<double> upto;  ///< the last lies beyond any draw
  std::vector<DestinationIndex> which;
  std::vector<std::uint16_t> first;  ///< empty for few, where going through them is as fast
  DestinationIndex draw(double u) const {
    std::size_t d = 0;
    if (!first.empty())
      d = first[std::min(static_cast<std::size_t>(u * static_cast<double>(first.size())), first.size() - 1)];
    while (upto[d] <= u) ++d;
    return which[d];
  }
};

/// What changes of a source of rates or gaps; the loop by blocks draws with it too.
struct SourceState {
  Stream gaps, kinds;  ///< when; which product and destination
  std::uint64_t key = 0;
  std::uint64_t lots = 0;  ///< made so far
  std::size_t cursor = 0;  ///< vehicles, replay: next; rate: step in force
  double volume = 1;       ///< of the items of vehicles timetabled before `volume_until`
  Ticks volume_until = 0;
  ProductIndex only_product;          ///< the one product, when there is only one
  std::vector<double> mean_gap;       ///< rate: ticks between lots, per step; 0: none come
  std::vector<double> product_share;  ///< of lots, cumulative, in order of name
  Rows<Product, DestinationTable> destinations;
  Ticks rows_at = -1;  ///< replay: instant of the row last read
  std::map<std::pair<ProductIndex, DestinationIndex>, std::uint64_t>
      rows_then;  ///< rows of that instant by product and destination
};

class Arrivals {
 public:
  struct With {
    const Setting& setting;
    Agenda& agenda;
    LotPool& lots;
    ProductCounts& products;
    Servers& servers;
    Staff& staff;
    Flow& flow;
  };
  explicit Arrivals(const With& with);

  // events
  void start_clocks();
  void next_lot(SourceIndex s);
  void vehicle_due(SourceIndex s, std::uint32_t trip);
  void vehicle(SourceIndex s, std::uint32_t trip);
  void rows(SourceIndex s);
  void lot_arrives(LotIndex l, SourceIndex s);
  void backlog(SourceIndex s);

  // a run that begins in a situation
  void resume();

  // for the loop by blocks
  SourceState& state(SourceIndex s) { return states_[s]; }
  const SourceState& state(SourceIndex s) const { return states_[s]; }
  /// The next arrival of a source of rates after an instant; `never`: none before the end.
  Ticks next_of_rate(SourceIndex s, Ticks now);
  ProductIndex pick_product(SourceIndex s);
  /// By the source's shares; where all goes to one nothing is drawn.
  DestinationIndex pick_destination(SourceIndex s, ProductIndex product, Stream& stream) const;

 private:
  /// Mail of one product and destination in what comes together.
  struct MailTogether {
    SourceIndex source;
    ProductIndex product;
    DestinationIndex destination;
    std::int64_t items = 0;  ///< not made into lots yet
    std::uint64_t lots = 0;  ///< made so far
    std::uint64_t key = 0;   ///< names its lots to the random streams
    Ticks due = never;       ///< stated; never: by the product's rule
  };
  /// The place of a lot among those that come together: which kind of mail it is of.
  struct PlaceTogether {
    std::uint32_t group;  ///< unloaded one after another
    std::uint32_t mail;   ///< in the list of MailTogether
    std::uint64_t drawn;  ///< order within the group
  };
  /// What is brought on an occasion.
  struct Brought {
    SourceIndex source;
    ProductIndex product;
    std::int64_t items = 0;
    std::uint64_t occasion = 0;  ///< its key
    Ticks due = never;
  };

  int lot_items(ProductIndex p) const { return setting_.product(p).lot_items; }
  void share_out(SourceIndex s);
  void schedule_first(SourceIndex s);
  bool is_told_of(SourceIndex s, std::uint32_t trip) const;
  std::uint64_t occasion_key(SourceIndex s, Ticks at) const;
  std::uint64_t row_key(SourceIndex s, const ReplayRow& row);
  std::uint64_t mail_key(std::uint64_t occasion, ProductIndex product, DestinationIndex destination) const;
  LotIndex make_lot(std::uint64_t key, ProductIndex product, DestinationIndex destination, int items);
  void come_together(SourceIndex s, EventKind kind, std::uint64_t occasion, double volume);
  void add_items(const Brought& brought);
  void add_mail(const Brought& brought, DestinationIndex destination, std::int64_t items);
  void place_lots();
  void place_load(std::size_t& mail);
  void unload();
  void spread_row(SourceIndex s, const ReplayRow& row);

  const Setting& setting_;
  Agenda& agenda_;
  LotPool& lots_;
  ProductCounts& products_;
  Servers& servers_;
  Staff& staff_;
  Flow& flow_;
  Rows<Source, SourceState> states_;
  std::vector<MailTogether> together_;
  std::vector<PlaceTogether> places_;  ///< its lots
};

}  // namespace mailflow
