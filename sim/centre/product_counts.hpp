// What comes into the centre and leaves it, by product: items, times in the centre, in time or late, by day and target.
//
// It also knows when mail is due (RULES.md): by its product's rule from when it came in, in a network from when it was
// posted.
#pragma once

#include <cstdint>
#include <vector>

#include "centre/agenda.hpp"
#include "centre/ledger.hpp"
#include "centre/lots.hpp"
#include "centre/setting.hpp"
#include "centre/unfinished.hpp"
#include "core/index.hpp"
#include "metrics/results.hpp"
#include "stats/batch_means.hpp"
#include "stats/time_sketch.hpp"

namespace mailflow {

/// Of a product.
struct ProductCount {
  std::int64_t at_start = 0, in = 0, out = 0, here = 0;
  ItemTicks in_centre = 0;  ///< sum of stays within the window, by arrivals and departures alone
  OnTime on_time;
  BatchMeans stays;
  TimeSketch sketch;
  Unfinished staying;       ///< at the end: still here
  TimesSoFar stays_so_far;  ///< of them: time, items
};

class ProductCounts {
 public:
  ProductCounts(const Setting& setting, const Agenda& agenda);

  const ProductCount& operator[](ProductIndex p) const { return rows_[p]; }
  /// For the loop by blocks, which counts for itself.
  ProductCount& record(ProductIndex p) { return rows_[p]; }

  /// When mail of the product that comes in now is due.
  Ticks due_of(ProductIndex p);
  /// When mail of the product that was posted then is due.
  Ticks due_of(ProductIndex p, Ticks posted) const;

  void comes_in(const Lot& lot) {
    ProductCount& product = rows_[lot.product];
    product.in += lot.items;
    product.here += lot.items;
    product.in_centre -= static_cast<ItemTicks>(lot.items) * agenda_.now();
  }
  void is_there(const Lot& lot) { rows_[lot.product].here += lot.items; }
  void goes_out(const Lot& lot) {
    ProductCount& product = rows_[lot.product];
    product.out += lot.items;
    product.here -= lot.items;
    product.in_centre += static_cast<ItemTicks>(lot.items) * agenda_.now();
  }
  /// The lot's stay has ended so.
  void stayed(const Lot& lot) { stayed(lot.product, agenda_.now() - lot.arrived, lot.items); }
  void stayed(ProductIndex product, Ticks stay, std::int64_t items) {
    ProductCount& of = rows_[product];
    of.stays.record(static_cast<double>(stay), static_cast<double>(items));
    of.sketch.record(stay, items);
    if (rows_.size() == 1) return;  // all products are the one
    stays_.record(static_cast<double>(stay), static_cast<double>(items));
    sketch_.record(stay, items);
  }
  /// Items that leave the centre, and the network, for good.
  struct Gone {
    ProductIndex product;
    DestinationIndex destination;
    DepartureIndex departure;  ///< none: at once
    std::int64_t items = 0;
    Ticks due = never, posted = 0;
    std::uint32_t path = 0;  ///< the way they came by
  };
  /// As what they are counted.
  static std::int64_t OnTime::* judged(Ticks due, Ticks at) {
    return due == never ? &OnTime::no_due : at <= due ? &OnTime::on_time : &OnTime::late;
  }
  void left(const Gone& gone, Ticks at) {
    std::int64_t OnTime::* count = judged(gone.due, at);
    if (!path_ends_.empty()) count_end(gone, count, at - gone.posted);
    rows_[gone.product].on_time.*count += gone.items;
    on_time(gone.product, gone.destination).*count += gone.items;
    if (gone.due != never) count_due_day(gone, at <= gone.due ? &DueDay::on_time : &DueDay::late);
  }
  void came_by_link(std::int64_t items) { by_links_in_ += items; }
  void left_by_link(std::int64_t items) { by_links_out_ += items; }

  /// The window begins. `warmed_up`: what is there was there before it.
  void reset(bool warmed_up);
  /// At the end: a lot that is still here, not in a bag. True: it is late.
  bool is_left(const Lot& lot);
  /// What is still here counts with its time so far; all such lots have been told of by is_left.
  void count_unfinished();
  /// Throws RunFailure where mail is not conserved, or time has no cause or is negative.
  void check(const LotPool& lots, const Ledger& ledger) const;
  void fill(const Ledger& ledger, Results& results) const;

 private:
  void count_due_day(const Gone& gone, std::int64_t DueDay::* count);
  /// Past the last destination: none.
  OnTime& on_time(ProductIndex product, DestinationIndex destination) {
    return on_time_[product][destination == none ? setting_.model.destinations.size() : destination.at()];
  }
  void count_end(const Gone& gone, std::int64_t OnTime::* count, Ticks under_way);

  const Setting& setting_;
  const Agenda& agenda_;
  Rows<Product, ProductCount> rows_;
  Rows<Product, std::size_t> due_step_;
  Rows<Product, std::vector<OnTime>> on_time_;       ///< [destination, last: none]
  Rows<Product, std::vector<DueDay>> days_;          ///< [day of due_midnights]
  Rows<Target, std::vector<DueDay>> target_days_;    ///< by civil day; empty but for on-time targets
  Rows<Product, std::vector<TargetIndex>> judging_;  ///< the on-time targets that mail of the product may count for
  std::vector<Rows<Product, PathEnd>> path_ends_;    ///< by path
  Rows<Product, TimeSketch> end_to_end_;
  std::int64_t by_links_in_ = 0, by_links_out_ = 0;
  BatchMeans stays_;
  TimeSketch sketch_;
  Unfinished staying_;
  std::size_t due_day_ = 0;     ///< in Model::due_midnights: the one counted last
  std::size_t target_day_ = 0;  ///< in Model::midnights, likewise
};

}  // namespace mailflow
