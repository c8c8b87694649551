// A run that would take more memory than the program may (core/memory.hpp) says where its mail stands.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "centre/block_loop.hpp"
#include "centre/run.hpp"

namespace mailflow {

void Run::fail_for_memory() const {
  std::vector<std::int64_t> lots(stations_.size(), 0);
  std::int64_t elsewhere = 0;  // at a door, from outside
  if (blocks_) blocks_->count_lots(lots);
  for (int l = 0; l < lots_.size(); ++l) {
    if (!lots_[l].in_centre) continue;
    if (lots_[l].station == none)
      ++elsewhere;
    else
      ++lots[static_cast<std::size_t>(lots_[l].station)];
  }
  std::int64_t all = elsewhere;
  for (const std::int64_t n : lots) all += n;
  std::vector<int> order = names_.stations;
  std::stable_sort(order.begin(), order.end(),
                   [&](int a, int b) { return lots[static_cast<std::size_t>(a)] > lots[static_cast<std::size_t>(b)]; });
  std::string where;
  constexpr std::size_t most_named = 4;
  for (std::size_t i = 0; i < std::min(order.size(), most_named); ++i) {
    const std::int64_t n = lots[static_cast<std::size_t>(order[i])];
    if (n > 0)
      where += fmt::format("{}{} at {}", where.empty() ? ": " : ", ", n,
                           model_.stations[static_cast<std::size_t>(order[i])].name);
  }
  if (elsewhere > 0) where += fmt::format("{}{} at the doors", where.empty() ? ": " : ", ", elsewhere);
  throw RunFailure(fmt::format(
      "it would take more memory than the {} that it may, at {}{}, with {} lots there{}; let what piles up be worked "
      "off, give products larger lots, run fewer days, or give more with --memory",
      shown_memory(memory_bound()), model_.place.empty() ? "" : model_.place + ", ",
      model_.calendar().shown(blocks_ ? blocks_->now() : now_), all, where));
}

}  // namespace mailflow
