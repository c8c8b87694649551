// How the time of a lot in hand is shared out among its items.
#pragma once

#include <cstdint>

#include "core/time.hpp"

namespace mailflow {

struct HandlingShares {
  ItemTicks processing = 0;
  ItemTicks turn = 0;     ///< waiting for those of the lot that are handled before
  ItemTicks filling = 0;  ///< done, waiting for the rest of the lot
};

/// Item-ticks of a handling that takes `takes` for `items` - `done` items, between `booked` and `worked` ticks of it.
/// Each item is processed for its own share u of it, waits for those before it and then for those after: after w ticks
/// k = floor(w/u) are done, and they have waited for the rest w - u, w - 2u, ...
inline HandlingShares handling_shares(int items, int done, Ticks takes, Ticks booked, Ticks worked) {
  const double unit = static_cast<double>(takes) / (items - done);
  const auto filled = [&](Ticks w) -> ItemTicks {
    if (w == 0) return 0;
    const auto k = static_cast<std::int64_t>(static_cast<double>(w) / unit + 1e-9);
    const auto times = static_cast<double>(k);
    return static_cast<ItemTicks>(done + k) * w - nearest_whole(unit * times * (times + 1) / 2);
  };
  const Ticks piece = worked - booked;
  const ItemTicks filling = filled(worked) - filled(booked);
  return {piece, static_cast<ItemTicks>(items - 1) * piece - filling, filling};
}

}  // namespace mailflow
