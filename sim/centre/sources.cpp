// Mail comes: rates, gaps, vehicles, replays, and what waits at the start.
#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "centre/run.hpp"
#include "mail/name_order.hpp"

namespace mailflow {

namespace {

constexpr std::uint64_t golden = 0x9e3779b97f4a7c15ULL;  ///< spreads counts over 64 bits

DestinationTable destination_table(const std::vector<double>& share, const std::vector<int>& by_name) {
  DestinationTable table;
  double total = 0;
  for (std::size_t i = 0; i < by_name.size() && !share.empty(); ++i) {
    const double own = share[static_cast<std::size_t>(by_name[i])];
    if (own <= 0) continue;
    table.upto.push_back(total += own);
    table.which.push_back(static_cast<std::uint16_t>(by_name[i]));
  }
  for (double& upto : table.upto)
    if (upto >= total) upto = 2;
  if (table.upto.size() <= 32) return table;
  std::size_t d = 0;
  for (std::size_t i = 0; i < table.upto.size(); ++i) {
    while (table.upto[d] <= static_cast<double>(i) / static_cast<double>(table.upto.size())) ++d;
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
  for (std::size_t i = 0; i < is.mix.product.size(); ++i) {
    const auto p = static_cast<std::size_t>(names_.products[i]);
    // A rate is of items: lots of a product come at its share of the rate over its lot. Gaps are between lots.
    const int lot = is.kind == Source::Kind::rate ? model_.products[p].lot_items : 1;
    total += is.mix.product[p] / lot;
    state.product_share.push_back(total);
  }
  for (const RateStep& step : is.rate)
    state.mean_gap.push_back(step.items_per_tick > 0 ? 1 / (step.items_per_tick * total) : 0);
  for (double& share : state.product_share) share /= total > 0 ? total : 1;
  for (const auto& share : is.mix.destination)
    state.destinations.push_back(destination_table(share, names_.destinations));
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

/// A destination by the source's shares; where all goes to one nothing is drawn.
int Run::pick_destination(int s, int product, Stream& stream) const {
  const auto& tables = sources_[static_cast<std::size_t>(s)].destinations;
  if (tables.empty()) return none;
  const DestinationTable& table = tables[static_cast<std::size_t>(product)];
  if (table.which.size() <= 1) return table.which.empty() ? none : table.which[0];
  return table.draw(stream.uniform());
}

int Run::pick_product(int s) {
  SourceState& state = sources_[static_cast<std::size_t>(s)];
  const auto& share = state.product_share;
  const auto place = std::upper_bound(share.begin(), share.end() - 1, state.kinds.uniform()) - share.begin();
  return names_.products[static_cast<std::size_t>(place)];
}

void Run::source_event(int s) {
  const Source& is = model_.sources[static_cast<std::size_t>(s)];
  SourceState& state = sources_[static_cast<std::size_t>(s)];
  const Ticks next = is.kind == Source::Kind::rate ? next_of_rate(s) : now_ + draw_ticks(is.every, state.gaps);
  if (next != never) schedule(next, EventKind::source, s);
  const int product = state.only_product != none ? state.only_product : pick_product(s);
  const int destination = pick_destination(s, product, state.kinds);
  const int l = make_lot(mixed(state.key + golden * ++state.lots), product, destination,
                         model_.products[static_cast<std::size_t>(product)].lot_items);
  // Work that was given out before stands as it is, so that a lot alone can only go to the agent longest ready there.
  calendar_.settle();
  alone_ = !work_is_due_ && calls_ == 0 && stations_[static_cast<std::size_t>(is.into)].is->crew == 1 &&
           calendar_.next().at != now_;
  arrive(l, is.into);
  alone_ = false;
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

int Run::make_lot(std::uint64_t key, int product, int destination, int items) {
  const int l = lots_.make();
  Lot& lot = lots_[l];
  lot.key = key;
  lot.items = items;
  lot.product = static_cast<std::int16_t>(product);
  lot.destination = static_cast<std::int16_t>(destination);
  lot.due = due_of(product);
  return l;
}

/// Names what a source brings at an instant, whatever else it brings and whenever the run began.
std::uint64_t Run::occasion_key(int s, Ticks at) const {
  return mixed(sources_[static_cast<std::size_t>(s)].key + golden * civil_key(model_, at));
}

/// Names a row of a recording by its instant, product and destination, and by how many such rows precede it.
std::uint64_t Run::row_key(int s, const ReplayRow& row) {
  SourceState& state = sources_[static_cast<std::size_t>(s)];
  if (row.at != state.rows_at) state.rows_then.clear();
  state.rows_at = row.at;
  const std::uint64_t which = ++state.rows_then[{row.product, row.destination}];
  return mixed(occasion_key(s, row.at) + golden * which);
}

/// Names mail of a product and destination within what comes on an occasion.
std::uint64_t Run::mail_key(std::uint64_t occasion, int product, int destination) const {
  const std::uint64_t to =
      destination == none ? 0 : name_key(model_.destinations[static_cast<std::size_t>(destination)].name);
  return mixed(mixed(occasion ^ names_.product_key[static_cast<std::size_t>(product)]) + golden * to);
}

/// Items of one product and destination join what comes together.
void Run::add_mail(int s, int product, int destination, std::int64_t items, std::uint64_t key, Ticks due) {
  if (items > 0) together_.push_back({s, product, destination, items, 0, mail_key(key, product, destination), due});
}

/// Items of a product join what comes together: each falls to a destination by its own chance.
void Run::add_items(int s, int product, std::int64_t items, std::uint64_t key, Ticks due) {
  const auto& tables = sources_[static_cast<std::size_t>(s)].destinations;
  if (tables.empty() || tables[static_cast<std::size_t>(product)].which.empty()) {
    add_mail(s, product, none, items, key, due);
    return;
  }
  const auto& share = model_.sources[static_cast<std::size_t>(s)].mix.destination[static_cast<std::size_t>(product)];
  const std::uint64_t shares_key = mixed(key ^ names_.product_key[static_cast<std::size_t>(product)]);
  double rest = 1;
  for (const int d : tables[static_cast<std::size_t>(product)].which) {
    const double own = share[static_cast<std::size_t>(d)];
    const double p = own / rest;
    Stream stream = keyed(shares_key, name_key(model_.destinations[static_cast<std::size_t>(d)].name), 3);
    const std::int64_t n = p > 1 - 1e-9 ? items : draw_binomial(items, p, stream);
    rest -= own;
    add_mail(s, product, d, n, key, due);
    items -= n;
    if (items == 0) return;
  }
}

/// The lots of what has been put together, in the order in which they come in: drawn, so that of several vehicles of
/// one instant none goes first, but each load that is `loaded` by product or destination in its own order. Of one
/// product and destination the full lots come first.
void Run::place_lots() {
  const auto lot_items = [this](const MailTogether& mail) {
    return model_.products[static_cast<std::size_t>(mail.product)].lot_items;
  };
  places_together_.clear();
  const auto by_draw = [](const PlaceTogether& a, const PlaceTogether& b) {
    return std::tie(a.drawn, a.mail) < std::tie(b.drawn, b.mail);
  };
  for (std::size_t m = 0; m < together_.size();) {
    const int s = together_[m].source;
    const Loaded loaded = model_.sources[static_cast<std::size_t>(s)].loaded;
    const std::size_t from = places_together_.size();
    for (; m < together_.size() && together_[m].source == s; ++m) {
      const MailTogether& mail = together_[m];
      std::uint32_t group = 0;
      if (loaded == Loaded::by_product) group = names_.product_place_loaded[static_cast<std::size_t>(mail.product)];
      if (loaded == Loaded::by_destination && mail.destination != none)
        group = names_.destination_place[static_cast<std::size_t>(mail.destination)] + 1U;
      Stream order = keyed(mail.key, 0, 4);
      for (std::int64_t left = mail.items; left > 0; left -= lot_items(mail))
        places_together_.push_back({group, static_cast<std::uint32_t>(m), order()});
    }
    if (loaded == Loaded::mixed) continue;
    // its lots get its draws in the order in which it is loaded
    std::vector<std::uint64_t> draws;
    for (std::size_t i = from; i < places_together_.size(); ++i) draws.push_back(places_together_[i].drawn);
    std::sort(draws.begin(), draws.end());
    std::sort(places_together_.begin() + static_cast<std::ptrdiff_t>(from), places_together_.end(),
              [](const PlaceTogether& a, const PlaceTogether& b) {
                return std::tie(a.group, a.drawn, a.mail) < std::tie(b.group, b.drawn, b.mail);
              });
    for (std::size_t i = 0; i < draws.size(); ++i) places_together_[from + i].drawn = draws[i];
  }
  if (together_.size() > 1) std::stable_sort(places_together_.begin(), places_together_.end(), by_draw);
}

/// What has been put together is cut into full lots and a rest per product and destination and comes in, lot by lot.
void Run::unload() {
  place_lots();
  for (const PlaceTogether& place : places_together_) {
    MailTogether& mail = together_[place.mail];
    const auto items = static_cast<int>(
        std::min<std::int64_t>(mail.items, model_.products[static_cast<std::size_t>(mail.product)].lot_items));
    mail.items -= items;
    ++sources_[static_cast<std::size_t>(mail.source)].lots;
    const int l = make_lot(mixed(mail.key + golden * ++mail.lots), mail.product, mail.destination, items);
    if (mail.due != never) lots_[l].due = mail.due;
    arrive(l, model_.sources[static_cast<std::size_t>(mail.source)].into);
  }
  together_.clear();
}

/// A vehicle's load, or what waits at the start, comes in with all of its kind that comes at this instant.
void Run::come_together(int s, EventKind kind, std::uint64_t occasion, double volume) {
  const Source& is = model_.sources[static_cast<std::size_t>(s)];
  for (const int p : names_.products) {
    Stream stream = keyed(occasion, names_.product_key[static_cast<std::size_t>(p)], 2);
    std::int64_t items = draw_count(is.items[static_cast<std::size_t>(p)], stream);
    if (volume != 1) items = std::llround(static_cast<double>(items) * volume);
    add_items(s, p, items, occasion, never);
  }
  calendar_.settle();
  if (calendar_.next().at == now_ && kind_of(calendar_.next()) == kind) return;  // and the next
  service_held_ = true;
  unload();
  serve_touched();
}

void Run::vehicle(int s, std::uint32_t trip) {
  const Ticks at = model_.sources[static_cast<std::size_t>(s)].at[trip];
  const SourceState& state = sources_[static_cast<std::size_t>(s)];
  come_together(s, EventKind::vehicle, occasion_key(s, at), at < state.volume_until ? state.volume : 1);
}

void Run::backlog(int s) { come_together(s, EventKind::backlog, mixed(sources_[static_cast<std::size_t>(s)].key), 1); }

/// All rows of one instant: at once, or each spread over its bin.
void Run::rows(int s) {
  const Source& is = model_.sources[static_cast<std::size_t>(s)];
  std::size_t& cursor = sources_[static_cast<std::size_t>(s)].cursor;
  service_held_ = true;
  const Ticks at = is.rows[cursor].at;
  for (; cursor < is.rows.size() && is.rows[cursor].at == at; ++cursor) {
    const ReplayRow& row = is.rows[cursor];
    if (is.bin > 0 && is.spread != Spread::start) {
      spread_row(s, row);
      continue;
    }
    if (row.destination == none)
      add_items(s, row.product, row.items, row_key(s, row), row.leave_by);
    else
      add_mail(s, row.product, row.destination, row.items, row_key(s, row), row.leave_by);
    unload();  // row after row, as recorded
  }
  if (cursor < is.rows.size()) schedule(is.rows[cursor].at, EventKind::rows, s);
  serve_touched();
}

void Run::spread_row(int s, const ReplayRow& row) {
  const Source& is = model_.sources[static_cast<std::size_t>(s)];
  const int lot_items = model_.products[static_cast<std::size_t>(row.product)].lot_items;
  const std::int64_t lots = (row.items + lot_items - 1) / lot_items;
  const std::uint64_t key = mail_key(row_key(s, row), row.product, row.destination);
  Stream destinations = keyed(key, 0, 3);
  for (std::int64_t k = 0; k < lots; ++k) {
    const auto items = static_cast<int>(std::min<std::int64_t>(lot_items, row.items - k * lot_items));
    const int destination = row.destination == none ? pick_destination(s, row.product, destinations) : row.destination;
    const std::uint64_t lot_key = mixed(key + golden * static_cast<std::uint64_t>(k + 1));
    const Ticks offset = is.spread == Spread::random
                             ? static_cast<Ticks>(keyed(lot_key, 3).uniform() * static_cast<double>(is.bin))
                             : (2 * k + 1) * is.bin / (2 * lots);
    if (row.at + offset < now_) continue;  // the run began since
    const int l = make_lot(lot_key, row.product, destination, items);
    lots_[l].due = row.leave_by;
    calendar_.schedule(row.at + offset, static_cast<std::uint8_t>(EventKind::lot_arrives),
                       static_cast<std::uint32_t>(l), static_cast<std::uint32_t>(s),
                       names_.source_place[static_cast<std::size_t>(s)]);
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
