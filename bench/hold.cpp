// The hold model (J. Vaucher and P. Duval 1975): the number of events pending stays as it is; the next is taken and one
// scheduled an increment after it. Each event list in turn, ROUNDS times, for each law of increments and each number
// pending. Usage: hold [ROUNDS [HOLDS]]. Prints: law, pending, list, nanoseconds of processor time a hold; a line
// for each round.
//
// Increments are drawn beforehand, so that drawing is not timed. All lists must take the same events in the same order;
// if not, the program says so and ends with 1.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <string>

#include "core/random.hpp"
#include "event_lists.hpp"

namespace {

using mailflow::Event;
using mailflow::Stream;
using mailflow::Ticks;

constexpr double mean = 1e9;  ///< ticks: so many that events of one instant are rare
constexpr std::size_t drawn = 1U << 18U;

/// Increments of mean `mean`. Skewed: one in ten has 0.9 of the whole (a rare long one among short ones). Bimodal: as
/// R. Ronngren and R. Ayani have it (1997), near 0.5 or, one in ten, near 10 times that.
std::vector<Ticks> increments(const std::string& law) {
  Stream stream(7);
  std::vector<Ticks> result;
  for (std::size_t i = 0; i < drawn; ++i) {
    double x = stream.exponential();
    if (law == "skewed") x *= stream.uniform() < 0.1 ? 9.0 : 1.0 / 9;
    if (law == "bimodal") x = 0.95238 * stream.uniform() + (stream.uniform() < 0.1 ? 9.5238 : 0) - 0.42857;
    result.push_back(static_cast<Ticks>(std::max(x, 0.0) * mean) + 1);
  }
  return result;
}

/// One list that is held, from round to round.
class Held {
 public:
  virtual ~Held() = default;
  virtual std::uint64_t hold(long times) = 0;
};

template <class List>
class HeldList : public Held {
 public:
  HeldList(const std::vector<Ticks>& by, long pending) : by_(by) {
    for (long i = 0; i < pending; ++i) list_.schedule(next());
  }
  /// A number that tells orders of taking apart.
  std::uint64_t hold(long times) override {
    std::uint64_t seen = 0;
    for (long i = 0; i < times; ++i) {
      const Event event = list_.take();
      seen = seen * 31 + event.order + static_cast<std::uint64_t>(event.at);
      list_.schedule(event.at + next());
    }
    return seen;
  }

 private:
  Ticks next() { return by_[++cursor_ & (drawn - 1)]; }
  const std::vector<Ticks>& by_;
  std::size_t cursor_ = 0;
  List list_;
};

bool hold_all(const std::string& law, long pending, int rounds, long holds) {
  using namespace mailflow::bench;
  const std::vector<Ticks> by = increments(law);
  const std::pair<const char*, std::unique_ptr<Held>> lists[] = {
      {"mailflow (ladder queue)", std::make_unique<HeldList<OurCalendar>>(by, pending)},
      {"binary heap", std::make_unique<HeldList<BinaryHeap>>(by, pending)},
      {"4-ary heap", std::make_unique<HeldList<FourAryHeap>>(by, pending)},
      {"4-ary heap without branches", std::make_unique<HeldList<HeapWithoutBranches>>(by, pending)},
      {"calendar queue", std::make_unique<HeldList<CalendarQueue>>(by, pending)}};
  for (const auto& [name, list] : lists) list->hold(4 * pending);  // until it is as it stays
  for (int round = 0; round < rounds; ++round) {
    std::uint64_t first = 0;
    for (const auto& [name, list] : lists) {
      const std::clock_t begin = std::clock();
      const std::uint64_t seen = list->hold(holds);
      const double took = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC * 1e9;
      std::printf("%s,%ld,%s,%.2f\n", law.c_str(), pending, name, took / static_cast<double>(holds));
      if (list == lists[0].second) first = seen;
      if (seen != first) {
        std::fprintf(stderr, "hold: the %s takes events in another order\n", name);
        return false;
      }
    }
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  const int rounds = argc > 1 ? std::atoi(argv[1]) : 5;
  const long holds = argc > 2 ? std::atol(argv[2]) : 1'000'000;
  for (const char* law : {"exponential", "skewed", "bimodal"})
    for (const long pending : {1L, 1'000L, 1'000'000L})
      if (!hold_all(law, pending, rounds, holds)) return 1;
}
