// So much mail at one instant that its lots alone take the memory.
#include <fmt/format.h>

#include <algorithm>

#include "core/memory.hpp"
#include "core/words.hpp"
#include "scenario/checks/checks_loads.hpp"

namespace mailflow {

namespace {

/// The least that a run took for each of ten million lots at one instant, of several centres.
constexpr double bytes_a_lot = 130;
constexpr double memory_to_tell = 4e9;

/// Lots that a source brings at once, at most, on average.
double lots_at_once(const Model& model, const Source& source) {
  double lots = 0;
  if (source.kind == Source::Kind::vehicles || source.kind == Source::Kind::backlog)
    for (const ProductIndex p : source.items.indices()) lots += source.items[p].mean() / model.products[p].lot_items;
  if (source.kind != Source::Kind::replay || (source.bin > 0 && source.spread != Spread::start)) return lots;
  double here = 0;
  for (std::size_t r = 0; r < source.rows.size(); ++r) {
    const ReplayRow& row = source.rows[r];
    if (r == 0 || row.at != source.rows[r - 1].at) here = 0;
    here += static_cast<double>(row.items) / model.products[row.product].lot_items;
    lots = std::max(lots, here);
  }
  return lots;
}

}  // namespace

void warn_of_crowds(const Check& check) {
  for (const Source& source : check.model.sources) {
    const double lots = lots_at_once(check.model, source);
    const double bytes = std::min(lots * bytes_a_lot, 9e18);
    if (!(bytes > memory_to_tell)) continue;
    check.problems.warning(
        check.place("arrivals " + source.name),
        tr("{:.0f} million lots of {} come at one instant: they take {} of memory or more", lots / 1e6, source.name,
           shown_memory(static_cast<std::int64_t>(bytes))),
        tr("give the products larger lots (lot: 50 items), let the mail come over some time, or check its number"));
  }
}

}  // namespace mailflow
