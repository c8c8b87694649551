#include "experiment/network_executor.hpp"

#include <algorithm>
#include <atomic>
#include <barrier>
#include <mutex>
#include <numeric>
#include <string>
#include <thread>
#include <utility>

#include "experiment/network_exchange.hpp"
#include "network/network_run.hpp"

namespace mailflow {

namespace {

/// The rank that runs each centre: heaviest first to the rank with least so far.
std::vector<int> dealt_out(const Network& network, int ranks) {
  const std::vector<double> items = expected_items(network);
  std::vector<std::size_t> order(items.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return items[a] > items[b]; });
  std::vector<double> load(static_cast<std::size_t>(ranks), 0);
  std::vector<int> owner(items.size(), 0);
  for (const std::size_t c : order) {
    const auto least = std::min_element(load.begin(), load.end());
    owner[c] = static_cast<int>(least - load.begin());
    *least += items[c];
  }
  return owner;
}

/// The work of a window, shared by threads that meet at its beginning and at its end.
class Crew {
 public:
  Crew(NetworkRun& run, std::size_t threads)
      : run_(run), meet_(static_cast<std::ptrdiff_t>(threads)), threads_(threads) {
    for (std::size_t t = 1; t < threads_; ++t) helpers_.emplace_back([this] { help(); });
  }
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;
  Crew(Crew&&) = delete;
  Crew& operator=(Crew&&) = delete;
  ~Crew() {
    over_ = true;
    meet_.arrive_and_wait();
  }

  /// Advances every centre to `until`; beyond all time: ends their clocks.
  void window(Ticks until) {
    until_ = until;
    next_ = 0;
    meet_.arrive_and_wait();
    work();
    meet_.arrive_and_wait();
  }
  /// Of the centre that failed first, by the order of work; empty: none.
  const std::string& failure() const { return failure_; }

 private:
  void help() {
    for (;;) {
      meet_.arrive_and_wait();
      if (over_) return;
      work();
      meet_.arrive_and_wait();
    }
  }
  void work() {
    const std::vector<std::size_t>& order = run_.by_volume();
    for (std::size_t i = next_++; i < order.size(); i = next_++) try {
        if (until_ == never)
          run_.finish(order[i]);
        else
          run_.advance(order[i], until_);
      } catch (const std::exception& e) {
        const std::scoped_lock lock(failing_);
        if (i < failed_at_) {
          failed_at_ = i;
          failure_ = e.what();
        }
      }
  }

  NetworkRun& run_;
  std::barrier<> meet_;
  std::size_t threads_;
  Ticks until_ = 0;
  bool over_ = false;
  std::atomic<std::size_t> next_ = 0;
  std::mutex failing_;
  std::size_t failed_at_ = SIZE_MAX;
  std::string failure_;
  std::vector<std::jthread> helpers_;
};

}  // namespace

NetworkResults simulate_network(const Network& network, const NetworkOptions& options) {
  const std::unique_ptr<NetworkExchange> exchange = network_exchange();
  const std::vector<int> owner = dealt_out(network, exchange->ranks());
  std::vector<int> mine;
  for (std::size_t c = 0; c < owner.size(); ++c)
    if (owner[c] == exchange->rank()) mine.push_back(static_cast<int>(c));
  NetworkRun run(network, options.run, mine, options.keep);
  std::size_t threads = options.threads;
  if (threads == 0) threads = exchange->ranks() > 1 ? 1 : std::max(1U, std::thread::hardware_concurrency());
  threads = std::clamp<std::size_t>(threads, 1, std::max<std::size_t>(1, mine.size()));
  {
    Crew crew(run, threads);
    const Ticks end = network.any().end;
    for (Ticks now = 0; now < end;) {
      now = run.window_end(now);
      crew.window(now);
      for (UnderWay& load : exchange->loads(run.exchange(), network, owner, crew.failure()))
        run.receive(std::move(load));
      if (options.progress) options.progress(now);
    }
    crew.window(never);
    for (UnderWay& load : exchange->loads(run.exchange(), network, owner, crew.failure())) run.receive(std::move(load));
  }
  NetworkPart part = run.part();
  if (options.kept)
    for (const auto& [centre, results] : run.kept()) options.kept(centre, results);
  std::vector<NetworkPart> parts = exchange->gather(std::move(part));
  if (exchange->rank() != 0) return {};
  return network_results(network, options.run, std::move(parts));
}

}  // namespace mailflow
