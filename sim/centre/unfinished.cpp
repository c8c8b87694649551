// What has not ended at the run's end counts with its time so far: whoever still waits has waited that long at least. A
// centre in which nobody works would else show no wait at all.
#include <algorithm>
#include <cmath>
#include <limits>

#include "centre/run.hpp"

namespace mailflow {

Estimate with_unfinished(const BatchMeans& ended, const Unfinished& unfinished, double scale) {
  Estimate e = ended.estimate(scale);
  const double weight = ended.weight();
  const auto all = static_cast<double>(unfinished.items);
  if (weight + all <= 0) {
    e.mean = std::numeric_limits<double>::quiet_NaN();
    return e;
  }
  const double share = unfinished.counted(static_cast<std::int64_t>(weight));
  if (share * all > 0)
    e.mean = (e.mean * weight + share * static_cast<double>(unfinished.total) * scale) / (weight + share * all);
  if (unfinished_counts(unfinished.items, static_cast<std::int64_t>(weight + all))) {  // a bound has no interval
    e.half_width_95 = e.half_width_99 = -1;
    e.batches = 0;
  }
  return e;
}

void record_unfinished(TimeSketch& sketch, std::vector<std::pair<Ticks, std::int64_t>>& so_far, double share) {
  std::sort(so_far.begin(), so_far.end());
  double counted = 0;
  std::int64_t recorded = 0;
  for (const auto& [time, items] : so_far) {
    counted += share * static_cast<double>(items);
    const std::int64_t n = std::llround(counted) - recorded;
    if (n > 0) sketch.record(time, n);
    recorded += n;
  }
}

std::int64_t own_done(const StationState& st, const OwnHandling& h) {
  const Station& is = *st.is;
  const double unit = static_cast<double>(h.takes) / h.items;
  if (h.items == 1 || is.service_per_lot || unit <= 0) return h.worked == h.takes ? h.items : 0;
  if (is.items_per_tick > 0 || is.service.law == Law::constant)
    return static_cast<std::int64_t>(static_cast<double>(h.worked) / unit + 1e-9);
  if (h.worked == 0) return 0;
  Stream stream = keyed(st.service_key, h.key, h.handlings);
  double total = 0;
  std::int64_t done = 0;
  for (int i = 0; i < h.items; ++i) {
    total += draw(is.service, stream) / h.pace;
    done += std::min(static_cast<Ticks>(total + 0.5), h.takes) <= h.worked ? 1 : 0;
  }
  return done;
}

void Run::count_unfinished() {
  for (int l = 0; l < lots_.size(); ++l) {
    const Lot& lot = lots_[l];
    if (!lot.in_centre) continue;
    if (lot.members == none) count_staying(lot);
    for (int m = lot.members; m != none; m = lots_[m].next) count_staying(lots_[m]);
    count_waiting(lot);
  }
  for (ProductState& product : products_)
    record_unfinished(product.sketch, product.stays_so_far, product.staying.counted(product.out));
  if (products_.size() > 1) {
    std::vector<std::pair<Ticks, std::int64_t>> all;
    for (const ProductState& product : products_)
      all.insert(all.end(), product.stays_so_far.begin(), product.stays_so_far.end());
    record_unfinished(sketch_, all, staying_.counted(out_));
  }
  if (options_.own_times) count_own_unfinished();
}

void Run::count_staying(const Lot& lot) {
  ProductState& product = products_[static_cast<std::size_t>(lot.product)];
  const Ticks stay = now_ - lot.arrived;
  product.staying.add(stay, lot.items);
  product.stays_so_far.emplace_back(stay, lot.items);
  staying_.add(stay, lot.items);
}

/// A lot that has not been taken in hand, in the queue or, from outside, at the station's door.
void Run::count_waiting(const Lot& lot) {
  if (lot.station == none) {
    stations_[static_cast<std::size_t>(lot.target)].waiting.add(now_ - lot.arrived, lot.items);
    return;
  }
  StationState& st = stations_[static_cast<std::size_t>(lot.station)];
  if (takes_in_hand(st.is->kind) && !lot.in_hand && lot.target == none && lot.done == 0 && lot.pass == 0)
    st.waiting.add(now_ - lot.entered, lot.items);
}

/// Items whose own handling has not ended.
void Run::count_own_unfinished() {
  const auto count = [this](const Lot& lot, std::int64_t items) {
    if (items > 0)
      stations_[static_cast<std::size_t>(lot.station)].own_times.record_unfinished(now_ - lot.entered, items);
  };
  for (const Server& server : servers_) {
    if (server.lot == none) continue;
    const Lot& lot = lots_[server.lot];
    const StationState& st = stations_[static_cast<std::size_t>(server.station)];
    const bool last_pass = lot.pass + 1 >= st.is->passes;
    const Ticks worked = server.worked + (server.down ? 0 : now_ - server.phase_began);
    std::int64_t done = last_pass ? lot.done : 0;
    if (last_pass && server.phase == Phase::handling) done += own_done(st, own_handling(server, lot, worked));
    count(lot, lot.items - done);
  }
  for (int l = 0; l < lots_.size(); ++l) {
    const Lot& lot = lots_[l];
    if (!lot.in_centre || lot.in_hand || lot.station == none || lot.target != none) continue;
    const Station& is = *stations_[static_cast<std::size_t>(lot.station)].is;
    if (!takes_in_hand(is.kind)) continue;
    count(lot, lot.items - (lot.pass + 1 >= is.passes ? lot.done : 0));
  }
}

}  // namespace mailflow
