#include "centre/arrivals.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "centre/flow.hpp"
#include "centre/servers.hpp"
#include "centre/staff.hpp"
#include "mail/name_order.hpp"

namespace mailflow {

namespace {

constexpr std::uint64_t golden = 0x9e3779b97f4a7c15ULL;  ///< spreads counts over 64 bits

DestinationTable destination_table(const Rows<Destination, double>& share,
                                   const std::vector<DestinationIndex>& by_name) {
  DestinationTable table;
  double total = 0;
  for (std::size_t i = 0; i < by_name.size() && !share.empty(); ++i) {
    const double own = share[by_name[i]];
    if (own <= 0) continue;
    table.upto.push_back(total += own);
    table.which.push_back(by_name[i]);
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

Arrivals::Arrivals(const With& with)
    : setting_(with.setting),
      agenda_(with.agenda),
      lots_(with.lots),
      products_(with.products),
      servers_(with.servers),
      staff_(with.staff),
      flow_(with.flow),
      states_(with.setting.model.sources.size()) {
  for (const SourceIndex s : states_.indices()) {
    const std::string element = "source " + setting_.source(s).name;
    states_[s].gaps = Stream(setting_.stream(element, "gaps"));
    states_[s].kinds = Stream(setting_.stream(element, "kinds"));
    states_[s].key = setting_.stream(element, "lots");
    share_out(s);
  }
}

/// The shares by which a source's lots fall to products.
void Arrivals::share_out(SourceIndex s) {
  const Source& is = setting_.source(s);
  SourceState& state = states_[s];
  const auto& shares = is.mix.product;
  const auto some = [](double p) { return p > 0; };
  if (std::count_if(shares.begin(), shares.end(), some) == 1)
    state.only_product = ProductIndex(std::find_if(shares.begin(), shares.end(), some) - shares.begin());
  double total = 0;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const ProductIndex p = setting_.names.products[i];
    // A rate is of items: lots of a product come at its share of the rate over its lot. Gaps are between lots.
    total += shares[p] / (is.kind == Source::Kind::rate ? lot_items(p) : 1);
    state.product_share.push_back(total);
  }
  for (const RateStep& step : is.rate)
    state.mean_gap.push_back(step.items_per_tick > 0 ? 1 / (step.items_per_tick * total) : 0);
  for (double& share : state.product_share) share /= total > 0 ? total : 1;
  for (const auto& share : is.mix.destination)
    state.destinations.push_back(destination_table(share, setting_.names.destinations));
}

void Arrivals::start_clocks() {
  for (const SourceIndex s : states_.indices()) schedule_first(s);
}

void Arrivals::schedule_first(SourceIndex s) {
  const Source& is = setting_.source(s);
  switch (is.kind) {
    case Source::Kind::rate:
      if (const Ticks at = next_of_rate(s, agenda_.now()); at != never) agenda_.schedule(at, EventKind::source, s);
      break;
    case Source::Kind::gaps:
      agenda_.schedule(agenda_.now() + draw_ticks(is.every, states_[s].gaps), EventKind::source, s);
      break;
    case Source::Kind::vehicles:
      if (!is.at.empty()) agenda_.schedule(is.at[0], EventKind::vehicle_due, s, 0);
      break;
    case Source::Kind::replay:
      if (!is.rows.empty()) agenda_.schedule(is.rows[0].at, EventKind::rows, s);
      break;
    case Source::Kind::backlog:
      agenda_.schedule(0, EventKind::backlog, s);
      break;
  }
}

/// Of a Poisson stream with a piecewise-constant rate: an exponential amount of expected arrivals is used up along the
/// steps, so that changes of rate are exact.
Ticks Arrivals::next_of_rate(SourceIndex s, Ticks now) {
  const Source& is = setting_.source(s);
  SourceState& state = states_[s];
  double left = state.gaps.exponential();
  auto from = static_cast<double>(now);
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
  return at < static_cast<double>(setting_.model.end) ? static_cast<Ticks>(at + 0.5) : never;
}

DestinationIndex Arrivals::pick_destination(SourceIndex s, ProductIndex product, Stream& stream) const {
  const auto& tables = states_[s].destinations;
  if (tables.empty()) return none;
  const DestinationTable& table = tables[product];
  if (table.which.size() <= 1) return table.which.empty() ? DestinationIndex() : table.which[0];
  return table.draw(stream.uniform());
}

ProductIndex Arrivals::pick_product(SourceIndex s) {
  SourceState& state = states_[s];
  const auto& share = state.product_share;
  const auto place = std::upper_bound(share.begin(), share.end() - 1, state.kinds.uniform()) - share.begin();
  return setting_.names.products[static_cast<std::size_t>(place)];
}

LotIndex Arrivals::make_lot(std::uint64_t key, ProductIndex product, DestinationIndex destination, int items) {
  const LotIndex l = lots_.make();
  Lot& lot = lots_[l];
  lot.key = key;
  lot.items = items;
  lot.product = product;
  lot.destination = destination;
  lot.due = products_.due_of(product);
  return l;
}

// --- one by one ------------------------------------------------------------------------------------------------------

void Arrivals::next_lot(SourceIndex s) {
  const Source& is = setting_.source(s);
  SourceState& state = states_[s];
  const StationIndex into(is.into);
  const Ticks now = agenda_.now();
  const Ticks next = is.kind == Source::Kind::rate ? next_of_rate(s, now) : now + draw_ticks(is.every, state.gaps);
  if (next != never) agenda_.schedule(next, EventKind::source, s);
  const ProductIndex product = state.only_product != none ? state.only_product : pick_product(s);
  const DestinationIndex destination = pick_destination(s, product, state.kinds);
  const LotIndex l = make_lot(mixed(state.key + golden * ++state.lots), product, destination, lot_items(product));
  // Work that was given out before stands as it is, so that a lot alone can only go to the agent longest ready there.
  servers_.come_alone(staff_.at_rest() && setting_.station(into).crew == 1 && agenda_.next().at != now);
  flow_.arrive(l, into);
  servers_.come_alone(false);
}

// --- together --------------------------------------------------------------------------------------------------------

/// Names what a source brings at an instant, whatever else it brings and whenever the run began.
std::uint64_t Arrivals::occasion_key(SourceIndex s, Ticks at) const {
  return mixed(states_[s].key + golden * civil_key(setting_.model, at));
}

/// Names a row of a recording by its instant, product and destination, and by how many such rows precede it.
std::uint64_t Arrivals::row_key(SourceIndex s, const ReplayRow& row) {
  SourceState& state = states_[s];
  if (row.at != state.rows_at) state.rows_then.clear();
  state.rows_at = row.at;
  const std::uint64_t which = ++state.rows_then[{row.product, row.destination}];
  return mixed(occasion_key(s, row.at) + golden * which);
}

/// Names mail of a product and destination within what comes on an occasion.
std::uint64_t Arrivals::mail_key(std::uint64_t occasion, ProductIndex product, DestinationIndex destination) const {
  const std::uint64_t to = destination == none ? 0 : setting_.names.destination_key[destination];
  return mixed(mixed(occasion ^ setting_.names.product_key[product]) + golden * to);
}

/// Items of one product and destination join what comes together.
void Arrivals::add_mail(const Brought& brought, DestinationIndex destination, std::int64_t items) {
  if (items > 0)
    together_.push_back({brought.source, brought.product, destination, items, 0,
                         mail_key(brought.occasion, brought.product, destination), brought.due});
}

/// Items of a product join what comes together: each falls to a destination by its own chance.
void Arrivals::add_items(const Brought& brought) {
  const auto& tables = states_[brought.source].destinations;
  if (tables.empty() || tables[brought.product].which.empty()) {
    add_mail(brought, none, brought.items);
    return;
  }
  const auto& share = setting_.source(brought.source).mix.destination[brought.product];
  const std::uint64_t shares_key = mixed(brought.occasion ^ setting_.names.product_key[brought.product]);
  double rest = 1;
  std::int64_t items = brought.items;
  for (const DestinationIndex d : tables[brought.product].which) {
    const double own = share[d];
    const double p = own / rest;
    Stream stream = keyed(shares_key, setting_.names.destination_key[d], 3);
    const std::int64_t n = p > 1 - 1e-9 ? items : draw_binomial(items, p, stream);
    rest -= own;
    add_mail(brought, d, n);
    items -= n;
    if (items == 0) return;
  }
}

/// The lots of what has been put together, in the order in which they come in: drawn, so that of several vehicles of
/// one instant none goes first, but each load that is `loaded` by product or destination in its own order. Of one
/// product and destination the full lots come first.
void Arrivals::place_lots() {
  places_.clear();
  for (std::size_t m = 0; m < together_.size();) place_load(m);
  if (together_.size() > 1)
    std::stable_sort(places_.begin(), places_.end(), [](const PlaceTogether& a, const PlaceTogether& b) {
      return std::tie(a.drawn, a.mail) < std::tie(b.drawn, b.mail);
    });
}

/// Those of one source, from mail `m` on; it is the next one's first then.
void Arrivals::place_load(std::size_t& m) {
  const SourceIndex s = together_[m].source;
  const Loaded loaded = setting_.source(s).loaded;
  const std::size_t from = places_.size();
  for (; m < together_.size() && together_[m].source == s; ++m) {
    const MailTogether& mail = together_[m];
    std::uint32_t group = 0;
    if (loaded == Loaded::by_product) group = setting_.names.product_place_loaded[mail.product];
    if (loaded == Loaded::by_destination && mail.destination != none)
      group = setting_.names.destination_place[mail.destination] + 1U;
    Stream order = keyed(mail.key, 0, 4);
    for (std::int64_t left = mail.items; left > 0; left -= lot_items(mail.product))
      places_.push_back({group, static_cast<std::uint32_t>(m), order()});
  }
  if (loaded == Loaded::mixed) return;
  // its lots get its draws in the order in which it is loaded
  std::vector<std::uint64_t> draws;
  for (std::size_t i = from; i < places_.size(); ++i) draws.push_back(places_[i].drawn);
  std::sort(draws.begin(), draws.end());
  std::sort(places_.begin() + static_cast<std::ptrdiff_t>(from), places_.end(),
            [](const PlaceTogether& a, const PlaceTogether& b) {
              return std::tie(a.group, a.drawn, a.mail) < std::tie(b.group, b.drawn, b.mail);
            });
  for (std::size_t i = 0; i < draws.size(); ++i) places_[from + i].drawn = draws[i];
}

/// What has been put together is cut into full lots and a rest per product and destination and comes in, lot by lot.
void Arrivals::unload() {
  place_lots();
  for (const PlaceTogether& place : places_) {
    MailTogether& mail = together_[place.mail];
    const auto items = static_cast<int>(std::min<std::int64_t>(mail.items, lot_items(mail.product)));
    mail.items -= items;
    ++states_[mail.source].lots;
    const LotIndex l = make_lot(mixed(mail.key + golden * ++mail.lots), mail.product, mail.destination, items);
    if (mail.due != never) lots_[l].due = mail.due;
    flow_.arrive(l, setting_.source(mail.source).into);
  }
  together_.clear();
}

/// A vehicle's load, or what waits at the start, comes in with all of its kind that comes at this instant.
void Arrivals::come_together(SourceIndex s, EventKind kind, std::uint64_t occasion, double volume) {
  const Source& is = setting_.source(s);
  for (const ProductIndex p : setting_.names.products) {
    Stream stream = keyed(occasion, setting_.names.product_key[p], 2);
    std::int64_t items = draw_count(is.items[p], stream);
    if (volume != 1) items = std::llround(static_cast<double>(items) * volume);
    add_items({s, p, items, occasion});
  }
  if (const Event& next = agenda_.next(); next.at == agenda_.now() && kind_of(next) == kind) return;  // and the next
  servers_.hold_service();
  unload();
  servers_.release_service();
}

/// Whether the situation says when a trip of the source comes.
bool Arrivals::is_told_of(SourceIndex s, std::uint32_t trip) const {
  const auto& vehicles = setting_.model.situation.vehicles;
  return std::any_of(vehicles.begin(), vehicles.end(), [&](const VehicleToCome& v) {
    return v.source == s && static_cast<std::uint32_t>(v.trip) == trip;
  });
}

void Arrivals::vehicle_due(SourceIndex s, std::uint32_t trip) {
  const Source& is = setting_.source(s);
  Stream late = keyed(occasion_key(s, is.at[trip]), 0, 1);
  if (!is_told_of(s, trip)) agenda_.schedule(agenda_.now() + draw_ticks(is.late_by, late), EventKind::vehicle, s, trip);
  std::size_t& cursor = states_[s].cursor;
  if (++cursor < is.at.size())
    agenda_.schedule(is.at[cursor], EventKind::vehicle_due, s, static_cast<std::uint32_t>(cursor));
}

void Arrivals::vehicle(SourceIndex s, std::uint32_t trip) {
  const Ticks at = setting_.source(s).at[trip];
  const SourceState& state = states_[s];
  come_together(s, EventKind::vehicle, occasion_key(s, at), at < state.volume_until ? state.volume : 1);
}

void Arrivals::backlog(SourceIndex s) { come_together(s, EventKind::backlog, mixed(states_[s].key), 1); }

/// All rows of one instant: at once, or each spread over its bin.
void Arrivals::rows(SourceIndex s) {
  const Source& is = setting_.source(s);
  std::size_t& cursor = states_[s].cursor;
  servers_.hold_service();
  const Ticks at = is.rows[cursor].at;
  for (; cursor < is.rows.size() && is.rows[cursor].at == at; ++cursor) {
    const ReplayRow& row = is.rows[cursor];
    if (is.bin > 0 && is.spread != Spread::start) {
      spread_row(s, row);
      continue;
    }
    const Brought brought{s, row.product, row.items, row_key(s, row), row.leave_by};
    if (row.destination == none)
      add_items(brought);
    else
      add_mail(brought, row.destination, row.items);
    unload();  // row after row, as recorded
  }
  if (cursor < is.rows.size()) agenda_.schedule(is.rows[cursor].at, EventKind::rows, s);
  servers_.release_service();
}

void Arrivals::spread_row(SourceIndex s, const ReplayRow& row) {
  const Source& is = setting_.source(s);
  const ProductIndex product(row.product);
  const int of_lot = lot_items(product);
  const std::int64_t lots = (row.items + of_lot - 1) / of_lot;
  const std::uint64_t key = mail_key(row_key(s, row), product, row.destination);
  Stream destinations = keyed(key, 0, 3);
  for (std::int64_t k = 0; k < lots; ++k) {
    const auto items = static_cast<int>(std::min<std::int64_t>(of_lot, row.items - k * of_lot));
    const DestinationIndex destination =
        row.destination == none ? pick_destination(s, product, destinations) : row.destination;
    const std::uint64_t lot_key = mixed(key + golden * static_cast<std::uint64_t>(k + 1));
    const Ticks offset = is.spread == Spread::random
                             ? static_cast<Ticks>(keyed(lot_key, 3).uniform() * static_cast<double>(is.bin))
                             : (2 * k + 1) * is.bin / (2 * lots);
    if (row.at + offset < agenda_.now()) continue;  // the run began since
    const LotIndex l = make_lot(lot_key, product, destination, items);
    lots_[l].due = row.leave_by;
    agenda_.schedule_lot(row.at + offset, l, s);
  }
}

void Arrivals::lot_arrives(LotIndex l, SourceIndex s) {
  Lot& lot = lots_[l];
  if (lot.due == never) lot.due = products_.due_of(lot.product);
  flow_.arrive(l, setting_.source(s).into);
}

// --- a situation -----------------------------------------------------------------------------------------------------

void Arrivals::resume() {
  const Situation& all = setting_.model.situation;
  const Ticks now = agenda_.now();
  for (const SourceIndex s : states_.indices()) {
    const Source& is = setting_.source(s);
    SourceState& state = states_[s];
    const SourceThere there = all.sources.empty() ? SourceThere{} : all.sources[s];
    state.volume = there.volume;
    state.volume_until = there.volume_until;
    switch (is.kind) {
      case Source::Kind::rate:
        schedule_first(s);
        break;
      case Source::Kind::gaps:
        if (there.next >= 0)
          agenda_.schedule(there.next, EventKind::source, s);
        else
          schedule_first(s);
        break;
      case Source::Kind::vehicles:
        state.cursor = static_cast<std::size_t>(std::lower_bound(is.at.begin(), is.at.end(), now) - is.at.begin());
        if (state.cursor < is.at.size())
          agenda_.schedule(is.at[state.cursor], EventKind::vehicle_due, s, static_cast<std::uint32_t>(state.cursor));
        for (const VehicleToCome& v : all.vehicles)
          if (v.source == s && v.at != never)
            agenda_.schedule(v.at, EventKind::vehicle, s, static_cast<std::uint32_t>(v.trip));
        break;
      case Source::Kind::replay:
        for (; state.cursor < is.rows.size() && is.rows[state.cursor].at < now; ++state.cursor)
          if (is.bin > 0 && is.spread != Spread::start) spread_row(s, is.rows[state.cursor]);
        if (state.cursor < is.rows.size()) agenda_.schedule(is.rows[state.cursor].at, EventKind::rows, s);
        break;
      case Source::Kind::backlog:
        break;  // was there at the run's start
    }
  }
}

}  // namespace mailflow
