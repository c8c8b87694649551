// Mail comes: rates, gaps, vehicles, replays, and what waits at the start.
#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "centre/run.hpp"

namespace mailflow {

namespace {

/// Empty for few destinations, where going through the shares is as fast.
DestinationTable destination_table(const std::vector<double>& share) {
  DestinationTable table;
  if (share.size() <= 32) return table;
  double total = 0;
  for (const double s : share) table.upto.push_back(total += s);
  for (double& upto : table.upto)
    if (upto >= total) upto = 2;  // beyond any draw
  std::size_t d = 0;
  for (std::size_t i = 0; i < share.size(); ++i) {
    while (table.upto[d] <= static_cast<double>(i) / static_cast<double>(share.size())) ++d;
    table.first.push_back(static_cast<std::uint16_t>(d));
  }
  return table;
}

}  // namespace

/// The shares by which a source's lots fall to products.
void Run::share_out(int s) {
  const Source& is = model_.sources[static_cast<std::size_t>(s)];
  SourceState& state = sources_[static_cast<std::size_t>(s)];
  const auto shares =
      static_cast<int>(std::count_if(is.mix.product.begin(), is.mix.product.end(), [](double p) { return p > 0; }));
  if (shares == 1)
    state.only_product =
        static_cast<int>(std::find_if(is.mix.product.begin(), is.mix.product.end(), [](double p) { return p > 0; }) -
                         is.mix.product.begin());
  double total = 0;
  for (std::size_t p = 0; p < is.mix.product.size(); ++p) {
    // A rate is of items: lots of a product come at its share of the rate over its lot. Gaps are between lots.
    const int lot = is.kind == Source::Kind::rate ? model_.products[p].lot_items : 1;
    total += is.mix.product[p] / lot;
    state.product_share.push_back(total);
  }
  for (const RateStep& step : is.rate)
    state.mean_gap.push_back(step.items_per_tick > 0 ? 1 / (step.items_per_tick * total) : 0);
  for (double& share : state.product_share) share /= total > 0 ? total : 1;
  for (const auto& share : is.mix.destination) state.destinations.push_back(destination_table(share));
}

void Run::start_source(int s) {
  share_out(s);
  const Source& is = model_.sources[static_cast<std::size_t>(s)];
  SourceState& state = sources_[static_cast<std::size_t>(s)];
  switch (is.kind) {
    case Source::Kind::rate:
      if (const Ticks at = next_of_rate(s); at != never) schedule(at, EventKind::source, s);
      break;
    case Source::Kind::gaps:
      schedule(draw_ticks(is.every, state.gaps), EventKind::source, s);
      break;
    case Source::Kind::vehicles:
      if (!is.at.empty()) schedule(is.at[0], EventKind::vehicle_due, s, 0);
      break;
    case Source::Kind::replay:
      if (!is.rows.empty()) schedule(is.rows[0].at, EventKind::rows, s);
      break;
    case Source::Kind::backlog:
      schedule(0, EventKind::backlog, s);
      break;
  }
}

/// The next arrival of a Poisson stream with a piecewise-constant rate: an exponential amount of expected arrivals is
/// used up along the steps, so that changes of rate are exact. `never`: none before the end.
Ticks Run::next_of_rate(int s) {
  const Source& is = model_.sources[static_cast<std::size_t>(s)];
  SourceState& state = sources_[static_cast<std::size_t>(s)];
  double left = state.gaps.exponential();
  auto from = static_cast<double>(now_);
  std::size_t& step = state.cursor;
  while (step + 1 < is.rate.size()) {
    const auto until = static_cast<double>(is.rate[step + 1].from);
    const double gap = state.mean_gap[step];
    if (gap > 0 && from + left * gap <= until) break;
    if (gap > 0) left -= std::max(0.0, until - from) / gap;
    from = std::max(from, until);
    ++step;
  }
  if (is.rate.empty() || state.mean_gap[step] <= 0) return never;
  const double at = from + left * state.mean_gap[step];
  return at < static_cast<double>(model_.end) ? static_cast<Ticks>(at + 0.5) : never;
}

int Run::pick_destination(int s, int product) {
  const auto& to = model_.sources[static_cast<std::size_t>(s)].mix.destination;
  if (to.empty() || to[static_cast<std::size_t>(product)].empty()) return none;
  const auto& share = to[static_cast<std::size_t>(product)];
  if (share.size() == 1) return 0;
  const DestinationTable& table = sources_[static_cast<std::size_t>(s)].destinations[static_cast<std::size_t>(product)];
  if (!table.upto.empty()) return table.draw(sources_[static_cast<std::size_t>(s)].kinds.uniform());
  double left = sources_[static_cast<std::size_t>(s)].kinds.uniform();
  std::size_t last = 0;
  for (std::size_t d = 0; d < share.size(); ++d) {
    if (share[d] <= 0) continue;
    last = d;
    if (left < share[d]) break;
    left -= share[d];
  }
  return static_cast<int>(last);
}

int Run::pick_product(int s) {
  SourceState& state = sources_[static_cast<std::size_t>(s)];
  const auto& share = state.product_share;
  return static_cast<int>(std::upper_bound(share.begin(), share.end() - 1, state.kinds.uniform()) - share.begin());
}

void Run::source_event(int s) {
  const Source& is = model_.sources[static_cast<std::size_t>(s)];
  SourceState& state = sources_[static_cast<std::size_t>(s)];
  const Ticks next = is.kind == Source::Kind::rate ? next_of_rate(s) : now_ + draw_ticks(is.every, state.gaps);
  if (next != never) schedule(next, EventKind::source, s);
  const int product = state.only_product != none ? state.only_product : pick_product(s);
  const int l =
      make_lot(s, product, pick_destination(s, product), model_.products[static_cast<std::size_t>(product)].lot_items);
  arrive(l, is.into);
}

/// When mail of the product that arrives now is due.
Ticks Run::due_of(int p) {
  const Product& product = model_.products[static_cast<std::size_t>(p)];
  if (product.due_within != never) return now_ + product.due_within;
  if (product.due.empty()) return never;
  std::size_t& step = products_[static_cast<std::size_t>(p)].due_step;
  while (step + 1 < product.due.size() && product.due[step + 1].from <= now_) ++step;
  return product.due[step].due;
}

int Run::make_lot(int s, int product, int destination, int items) {
  const int l = lots_.make();
  Lot& lot = lots_[l];
  SourceState& state = sources_[static_cast<std::size_t>(s)];
  lot.key = mixed(state.key + 0x9e3779b97f4a7c15ULL * ++state.lots);
  lot.items = items;
  lot.product = static_cast<std::int16_t>(product);
  lot.destination = static_cast<std::int16_t>(destination);
  lot.due = due_of(product);
  return l;
}

/// Cuts items of one product and destination into full lots and a rest, and lets them in.
void Run::lots_arrive(int s, int product, int destination, std::int64_t items, Ticks due) {
  const int lot_items = model_.products[static_cast<std::size_t>(product)].lot_items;
  for (; items > 0; items -= lot_items) {
    const int l = make_lot(s, product, destination, static_cast<int>(std::min<std::int64_t>(items, lot_items)));
    if (due != never) lots_[l].due = due;
    arrive(l, model_.sources[static_cast<std::size_t>(s)].into);
  }
}

/// Items of a product come together: each falls to a destination by its own chance.
void Run::items_arrive(int s, int product, std::int64_t items, std::uint64_t thing, Ticks due) {
  const auto& to = model_.sources[static_cast<std::size_t>(s)].mix.destination;
  if (to.empty() || to[static_cast<std::size_t>(product)].empty()) {
    lots_arrive(s, product, none, items, due);
    return;
  }
  const auto& share = to[static_cast<std::size_t>(product)];
  Stream stream = keyed(sources_[static_cast<std::size_t>(s)].key, thing, 64U + static_cast<unsigned>(product));
  double rest = 1;
  for (std::size_t d = 0; d < share.size() && items > 0; ++d) {
    if (share[d] <= 0) continue;
    const double p = share[d] / rest;
    const std::int64_t n = p > 1 - 1e-9 ? items : draw_binomial(items, p, stream);
    rest -= share[d];
    lots_arrive(s, product, static_cast<int>(d), n, due);
    items -= n;
  }
}

void Run::vehicle(int s, std::uint32_t trip) {
  const Source& is = model_.sources[static_cast<std::size_t>(s)];
  const SourceState& state = sources_[static_cast<std::size_t>(s)];
  service_held_ = true;
  for (std::size_t p = 0; p < is.items.size(); ++p) {
    Stream stream = keyed(sources_[static_cast<std::size_t>(s)].key, trip, 2U + 128U * p);
    std::int64_t items = draw_count(is.items[p], stream);
    if (state.volume != 1 && is.at[trip] < state.volume_until)
      items = std::llround(static_cast<double>(items) * state.volume);
    items_arrive(s, static_cast<int>(p), items, trip, never);
  }
  serve_touched();
}

void Run::backlog(int s) { vehicle(s, 0); }

/// All rows of one instant: at once, or each spread over its bin.
void Run::rows(int s) {
  const Source& is = model_.sources[static_cast<std::size_t>(s)];
  std::size_t& cursor = sources_[static_cast<std::size_t>(s)].cursor;
  service_held_ = true;
  const Ticks at = is.rows[cursor].at;
  for (; cursor < is.rows.size() && is.rows[cursor].at == at; ++cursor) {
    const ReplayRow& row = is.rows[cursor];
    if (is.bin == 0 || is.spread == Spread::start) {
      if (row.destination == none)
        items_arrive(s, row.product, row.items, cursor, row.leave_by);
      else
        lots_arrive(s, row.product, row.destination, row.items, row.leave_by);
    } else {
      spread_row(s, row);
    }
  }
  if (cursor < is.rows.size()) schedule(is.rows[cursor].at, EventKind::rows, s);
  serve_touched();
}

void Run::spread_row(int s, const ReplayRow& row) {
  const Source& is = model_.sources[static_cast<std::size_t>(s)];
  const int lot_items = model_.products[static_cast<std::size_t>(row.product)].lot_items;
  const std::int64_t lots = (row.items + lot_items - 1) / lot_items;
  for (std::int64_t k = 0; k < lots; ++k) {
    const auto items = static_cast<int>(std::min<std::int64_t>(lot_items, row.items - k * lot_items));
    const int destination = row.destination == none ? pick_destination(s, row.product) : row.destination;
    const int l = make_lot(s, row.product, destination, items);
    lots_[l].due = row.leave_by;
    const Ticks offset = is.spread == Spread::random
                             ? static_cast<Ticks>(keyed(lots_[l].key, 3).uniform() * static_cast<double>(is.bin))
                             : (2 * k + 1) * is.bin / (2 * lots);
    if (row.at + offset < now_) {  // the run began since
      lots_.free(l);
      continue;
    }
    schedule(row.at + offset, EventKind::lot_arrives, l, static_cast<std::uint32_t>(s));
  }
}

void Run::lot_arrives(int s, int l) {
  Lot& lot = lots_[l];
  if (lot.due == never) lot.due = due_of(lot.product);
  arrive(l, model_.sources[static_cast<std::size_t>(s)].into);
}

/// Servers take what has come together.
void Run::serve_touched() {
  service_held_ = false;
  const std::vector<int> touched = std::exchange(touched_stations_, {});
  for (const int station : touched) serve(station);
}

}  // namespace mailflow
