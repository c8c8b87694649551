#include "centre/own_handling.hpp"

#include <algorithm>

#include "core/random.hpp"

namespace mailflow {

void record_own(const Station& is, std::uint64_t service_key, const OwnHandling& h, OwnTimes& times) {
  const double unit = static_cast<double>(h.takes) / h.items;
  if (h.items == 1 || is.service_per_lot || unit <= 0) {
    if (h.worked == h.takes && (h.booked < h.takes || h.takes == 0)) times.record(h.base + h.worked, h.items);
    return;
  }
  if (item_by_item(is)) {
    const auto done = [unit](Ticks w) { return static_cast<std::int64_t>(static_cast<double>(w) / unit + 1e-9); };
    times.record_row(h.base, unit, done(h.booked), done(h.worked));
    return;
  }
  Stream stream = keyed(service_key, h.key, h.handlings);
  double total = 0;
  for (int i = 0; i < h.items; ++i) {
    total += draw(is.service, stream) / h.pace;
    const Ticks ends = std::min(static_cast<Ticks>(total + 0.5), h.takes);
    // one of no time at all at the very beginning is done as soon as anything is
    const bool done_before = ends <= h.booked && h.booked > 0;
    if (!done_before && ends <= h.worked && h.worked > 0) times.record(h.base + ends, 1);
  }
}

std::int64_t own_done(const Station& is, std::uint64_t service_key, const OwnHandling& h) {
  const double unit = static_cast<double>(h.takes) / h.items;
  if (h.items == 1 || is.service_per_lot || unit <= 0) return h.worked == h.takes ? h.items : 0;
  if (item_by_item(is)) return static_cast<std::int64_t>(static_cast<double>(h.worked) / unit + 1e-9);
  if (h.worked == 0) return 0;
  Stream stream = keyed(service_key, h.key, h.handlings);
  double total = 0;
  std::int64_t done = 0;
  for (int i = 0; i < h.items; ++i) {
    total += draw(is.service, stream) / h.pace;
    done += std::min(static_cast<Ticks>(total + 0.5), h.takes) <= h.worked ? 1 : 0;
  }
  return done;
}

}  // namespace mailflow
