// Adds an event log up and compares it with the ledger of causes, which is booked apart from it.
//
//   EventLogSum sum(model);
//   Results results = simulate(model, {.events = &sum});
//   CHECK(sum.differences(results) == "");
//
// A row that lasts is lot_items x (end - start) item-ticks at its station. What must hold, to the tick:
// - the rows of one lot follow each other: none before the one before it has ended, and no time between them (but while
// it
//   is in a bag, whose rows tell of it);
// - the rows at a station, as far as they lie in the window, add up to all causes there, product by product;
// - what was booked while a row lasted adds up to the row, and is of a cause that fits its activity (not at bagging and
// bays,
//   where what is booked to a bag or a lot is told of by those that come out of it).
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "centre/simulate.hpp"
#include "mail/model.hpp"
#include "metrics/results.hpp"

namespace mailflow {

class EventLogSum : public EventSink {
 public:
  explicit EventLogSum(const Model& model) : model_(model) {}
  void on(const LotEvent& event) override {
    if (event.start > event.end) wrong_ << text(event) << " ends before it begins\n";
    // A bag that is full at once takes no time, and after it the lot's time is the bag's.
    if (event.start < event.end || event.activity == std::string_view("bag")) rows_[event.lot].push_back(event);
  }
  void booked(const BookedTime& time) override { bookings_.push_back(time); }

  /// What does not agree, a line each (at most 20); empty: all does. `results` are of the run that was told of.
  std::string differences(const Results& results) {
    for (auto& [lot, rows] : rows_) {
      std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.start < b.start; });
      check_one_after_another(rows);
    }
    check_stations(results);
    check_bookings(results);
    std::istringstream in(wrong_.str());
    std::string all;
    std::string line;
    for (int n = 0; n < 20 && std::getline(in, line); ++n) all += line + "\n";
    return all;
  }

 private:
  static std::string number(ItemTicks n) {
    return n < 0 ? "-" + number(-n) : n < 10 ? std::to_string(static_cast<int>(n)) : number(n / 10) + number(n % 10);
  }
  std::string station(StationIndex s) const { return s == none ? "nowhere" : model_.stations[s].name; }
  std::string text(const LotEvent& e) const {
    return "lot " + std::to_string(e.lot) + " " + e.activity + " at " + station(e.station) + " " +
           std::to_string(e.start) + " to " + std::to_string(e.end);
  }
  static ItemTicks within(const LotEvent& e, const Results& r) {
    const Ticks from = std::max(e.start, r.from);
    return e.end <= from ? 0 : static_cast<ItemTicks>(e.lot_items) * (e.end - from);
  }

  void check_one_after_another(const std::vector<LotEvent>& rows) {
    for (std::size_t i = 1; i < rows.size(); ++i) {
      const bool in_a_bag = rows[i - 1].activity == std::string_view("bag") && rows[i].start > rows[i - 1].end;
      if (rows[i].start != rows[i - 1].end && !in_a_bag)
        wrong_ << text(rows[i]) << " does not follow " << text(rows[i - 1]) << "\n";
    }
  }

  void check_stations(const Results& results) {
    std::map<std::pair<StationIndex, ProductIndex>, ItemTicks> sum;
    for (const auto& [lot, rows] : rows_)
      for (const LotEvent& row : rows) sum[{row.station, row.product}] += within(row, results);
    for (const StationIndex s : model_.stations.indices())
      for (const ProductIndex p : model_.products.indices()) {
        ItemTicks causes_there = 0;
        for (const ItemTicks t : results.stations[s].cause[p]) causes_there += t;
        const ItemTicks rows_there = sum[{s, p}];
        sum.erase({s, p});
        if (rows_there != causes_there)
          wrong_ << model_.products[p].name << " at " << model_.stations[s].name << ": rows of " << number(rows_there)
                 << " item-ticks, causes of " << number(causes_there) << "\n";
      }
    for (const auto& [where, item_ticks] : sum)
      if (item_ticks != 0) wrong_ << "rows of " << number(item_ticks) << " item-ticks at no station\n";
  }

  static bool fits(std::string_view activity, Cause cause) {
    switch (cause) {
      case Cause::processing:
        return activity == "process" || activity == "here";
      case Cause::filling:
        return activity == "process" || activity == "here";
      case Cause::moving:
        return activity == "move" || activity == "here";
      case Cause::customs_hold:
        return activity == "hold" || activity == "here";
      case Cause::waiting_for_machine:
        return activity == "process" || activity == "wait" || activity == "here";
      case Cause::set_up:
        return activity == "set up" || activity == "wait" || activity == "here";
      case Cause::breakdown:
        return activity == "process" || activity == "set up" || activity == "wait" || activity == "here";
      case Cause::waiting_for_staff:
      case Cause::closed:
        return activity == "wait" || activity == "here";
      case Cause::blocked:
        return activity == "blocked" || activity == "wait" || activity == "here";
      case Cause::waiting_for_departure:
      case Cause::full_vehicle:
        return false;
    }
    return false;
  }
  bool told_by_itself(StationIndex s) const {
    const StationKind kind = model_.stations[s].kind;
    return kind != StationKind::bagging && kind != StationKind::bay;
  }

  void check_bookings(const Results& results) {
    std::map<const LotEvent*, ItemTicks> booked;
    for (const BookedTime& b : bookings_) {
      if (b.to <= results.from || !told_by_itself(b.station)) continue;
      const auto& rows = rows_[b.lot];
      const auto row = std::find_if(rows.begin(), rows.end(), [&](const LotEvent& e) {
        return e.station == b.station && e.start <= b.from && b.to <= e.end;
      });
      const std::string what = std::string(cause_names[static_cast<std::size_t>(b.cause)]) + " of lot " +
                               std::to_string(b.lot) + " at " + station(b.station) + " " + std::to_string(b.from) +
                               " to " + std::to_string(b.to);
      if (row == rows.end()) {
        wrong_ << "no row tells of " << what << "\n";
        continue;
      }
      if (!fits(row->activity, b.cause)) wrong_ << what << " is told as " << row->activity << "\n";
      booked[&*row] += b.item_ticks;
    }
    for (const auto& [lot, rows] : rows_)
      for (const LotEvent& row : rows)
        if (row.station != none && told_by_itself(row.station) && booked[&row] != within(row, results))
          wrong_ << text(row) << " is " << number(within(row, results)) << " item-ticks, booked are "
                 << number(booked[&row]) << "\n";
  }

  const Model& model_;
  std::map<std::int64_t, std::vector<LotEvent>> rows_;  ///< that last, by lot
  std::vector<BookedTime> bookings_;
  std::ostringstream wrong_;
};

}  // namespace mailflow
