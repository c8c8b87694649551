// Mail from and to other centres of a network.
#include <algorithm>
#include <utility>

#include "centre/block_loop.hpp"
#include "centre/run.hpp"

namespace mailflow {

std::unique_ptr<CentreRun> CentreRun::make(const Model& model, const RunOptions& options) {
  return std::make_unique<Run>(model, options);
}

Run::~Run() = default;

void Run::advance(Ticks until) {
  try {
    if (blocks_)
      blocks_->advance(until);
    else
      loop(until);
  } catch (const MemoryExceeded&) {
    fail_for_memory();
  }
}

void Run::receive(Ticks at, std::vector<ThroughLot> lots) {
  if (blocks_) {
    blocks_->receive(at, std::move(lots));
    return;
  }
  schedule(at, EventKind::load_arrives, 0, static_cast<std::uint32_t>(coming_.size()));
  coming_.push_back(std::move(lots));
}

std::vector<Load> Run::take_loads() { return std::exchange(going_, {}); }

void Run::load_arrives(std::size_t load) {
  service_held_ = true;
  for (const ThroughLot& from : std::exchange(coming_[load], {})) {
    const int l = lots_.make();
    Lot& lot = lots_[l];
    lot.arrived = lot.since = now_;
    lot.posted = static_cast<Ticks>(from.posted);
    lot.key = from.key;
    lot.path = from.path;
    lot.items = static_cast<int>(from.items);
    lot.product = static_cast<std::int16_t>(from.product);
    lot.destination = static_cast<std::int16_t>(from.destination);
    lot.due = due_of(lot.product, lot.posted);
    by_links_in_ += lot.items;
    come_in(l, model_.inbound);
  }
  serve_touched();
}

/// When mail of the product that was posted then is due.
Ticks Run::due_of(int p, Ticks posted) const {
  const Product& product = model_.products[static_cast<std::size_t>(p)];
  if (product.due_within != never) return posted + product.due_within;
  const auto after = std::upper_bound(product.due.begin(), product.due.end(), posted,
                                      [](Ticks t, const DueStep& step) { return t < step.from; });
  if (after != product.due.begin()) return std::prev(after)->due;
  return product.due.empty() ? never : product.due.front().due;
}

void Run::leave_by_link(const Lot& lot, int departure) {
  by_links_out_ += lot.items;
  auto load = std::find_if(going_.rbegin(), going_.rend(), [&](const Load& l) { return l.departure == departure; });
  ThroughLot through{};
  through.posted = static_cast<std::uint64_t>(lot.posted) & ThroughLot::most;
  through.arrived = static_cast<std::uint64_t>(lot.arrived) & ThroughLot::most;
  through.destination = static_cast<std::uint16_t>(lot.destination);
  through.product = static_cast<std::uint16_t>(lot.product);
  through.key = lot.key;
  through.path = lot.path;
  through.items = static_cast<std::uint32_t>(lot.items);
  load->lots.push_back(through);
}

/// The lot leaves the network here.
void Run::count_end(const Lot& lot) {
  while (path_ends_.size() <= lot.path) path_ends_.emplace_back(products_.size());
  PathEnd& end = path_ends_[lot.path][static_cast<std::size_t>(lot.product)];
  std::int64_t OnTime::* count = lot.due == never  ? &OnTime::no_due
                                 : now_ <= lot.due ? &OnTime::on_time
                                                   : &OnTime::late;
  end.on_time.*count += lot.items;
  ++end.lots;
  end.under_way += static_cast<ItemTicks>(lot.items) * (now_ - lot.posted);
  end_to_end_[static_cast<std::size_t>(lot.product)].record(now_ - lot.posted, lot.items);
}

}  // namespace mailflow
