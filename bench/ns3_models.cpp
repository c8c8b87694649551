// The two models of bench/ as events of ns-3's bare scheduler (ns3::Simulator): one event an arrival, one a departure,
// nothing else of ns-3. The same streams and counts as the loops by hand. Usage: ns3_models mm1|three-stations [ITEMS
// [SCHEDULER]]; SCHEDULER is PriorityQueue (its fastest here), Map (its default, a tenth slower), Heap, List or
// Calendar. Prints: items, processor seconds, mean time in the centre in minutes.
#include <ns3/object-factory.h>
#include <ns3/simulator.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <deque>
#include <string>

#include "core/random.hpp"

namespace {

using mailflow::Ticks;

constexpr double arrivals_per_tick = 0.9e-6;

struct Station {
  int free;
  double mean;
  mailflow::Stream services;
  std::deque<Ticks> queue;  ///< when those waiting arrived in the centre
};

/// Stations in a row: the first, and where its mail goes; one station only for M/M/1.
class Centre {
 public:
  Centre(std::deque<Station> stations, long items) : stations_(std::move(stations)), items_(items) {}
  void start() { ns3::Simulator::Schedule(gap(), &Centre::arrive, this); }
  void report(double seconds) const {
    std::printf("%ld %.6f %.4f\n", out_, seconds, stay_ / static_cast<double>(out_) / 6e7);
  }

 private:
  static Ticks now() { return ns3::Simulator::Now().GetTimeStep(); }
  ns3::Time gap() { return ns3::TimeStep(static_cast<std::uint64_t>(arrivals_.exponential() / arrivals_per_tick)); }

  void arrive() {
    ns3::Simulator::Schedule(gap(), &Centre::arrive, this);
    enter(0, now());
  }
  void enter(std::size_t s, Ticks arrived) {
    Station& station = stations_[s];
    if (station.free == 0) {
      station.queue.push_back(arrived);
      return;
    }
    --station.free;
    serve(s, arrived);
  }
  void serve(std::size_t s, Ticks arrived) {
    Station& station = stations_[s];
    const auto takes = static_cast<std::uint64_t>(station.services.exponential() * station.mean);
    ns3::Simulator::Schedule(ns3::TimeStep(takes), &Centre::depart, this, s, arrived);
  }
  void depart(std::size_t s, Ticks arrived) {
    Station& station = stations_[s];
    if (station.queue.empty()) {
      ++station.free;
    } else {
      const Ticks next = station.queue.front();
      station.queue.pop_front();
      serve(s, next);
    }
    if (s == 0 && stations_.size() > 1) {
      enter(shares_.uniform() < 0.1 ? 1 : 2, arrived);
      return;
    }
    stay_ += static_cast<double>(now() - arrived);
    if (++out_ == items_) ns3::Simulator::Stop();
  }

  std::deque<Station> stations_;
  mailflow::Stream arrivals_{1};
  mailflow::Stream shares_{5};
  double stay_ = 0;
  long out_ = 0;
  long items_;
};

std::deque<Station> stations_of(const char* model) {
  if (std::strcmp(model, "mm1") == 0) return {{1, 1e6, mailflow::Stream(2), {}}};
  return {{2, 0.85 * 2 / arrivals_per_tick, mailflow::Stream(2), {}},
          {1, 0.85 / (0.1 * arrivals_per_tick), mailflow::Stream(3), {}},
          {3, 0.85 * 3 / (0.9 * arrivals_per_tick), mailflow::Stream(4), {}}};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const long items = argc > 2 ? std::atol(argv[2]) : 1'000'000;
  ns3::ObjectFactory scheduler;
  scheduler.SetTypeId("ns3::" + std::string(argc > 3 ? argv[3] : "PriorityQueue") + "Scheduler");
  ns3::Simulator::SetScheduler(scheduler);
  Centre centre(stations_of(argv[1]), items);
  const std::clock_t begin = std::clock();
  centre.start();
  ns3::Simulator::Run();
  const double took = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  centre.report(took);
  ns3::Simulator::Destroy();
}
