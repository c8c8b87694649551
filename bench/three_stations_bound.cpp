// The bound for bench/three-stations.yaml: the same centre written by hand over a 4-ary heap of events, with nothing
// but the mean time in the centre counted. Prints: items, processor seconds, mean time in the centre in minutes.
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <deque>
#include <vector>

#include "core/random.hpp"

namespace {

using mailflow::Ticks;

struct Event {
  Ticks at;
  int station;  ///< -1: an arrival
  Ticks arrived;
};

class Heap {
 public:
  const Event& top() const { return events_.front(); }
  void push(const Event& event) {
    std::size_t i = events_.size();
    events_.push_back(event);
    for (; i > 0 && event.at < events_[(i - 1) / 4].at; i = (i - 1) / 4) events_[i] = events_[(i - 1) / 4];
    events_[i] = event;
  }
  void pop() {
    const Event last = events_.back();
    events_.pop_back();
    if (events_.empty()) return;
    std::size_t i = 0;
    for (;;) {
      const std::size_t first = 4 * i + 1;
      if (first >= events_.size()) break;
      std::size_t least = first;
      for (std::size_t c = first + 1; c < first + 4 && c < events_.size(); ++c)
        if (events_[c].at < events_[least].at) least = c;
      if (events_[least].at >= last.at) break;
      events_[i] = events_[least];
      i = least;
    }
    events_[i] = last;
  }

 private:
  std::vector<Event> events_;
};

struct Station {
  int free;
  double mean;
  mailflow::Stream services;
  std::deque<Ticks> queue;  ///< when those waiting arrived in the centre
};

}  // namespace

int main(int argc, char** argv) {
  const long items = argc > 1 ? std::atol(argv[1]) : 10'000'000;
  constexpr double per_tick = 0.9e-6;
  Station stations[3] = {{2, 0.85 * 2 / per_tick, mailflow::Stream(2), {}},
                         {1, 0.85 / (0.1 * per_tick), mailflow::Stream(3), {}},
                         {3, 0.85 * 3 / (0.9 * per_tick), mailflow::Stream(4), {}}};
  mailflow::Stream arrivals(1);
  mailflow::Stream shares(5);
  Heap heap;
  double stay = 0;
  long out = 0;
  const std::clock_t begin = std::clock();
  const auto serve = [&](int s, Ticks now, Ticks arrived) {
    Station& station = stations[s];
    heap.push({now + static_cast<Ticks>(station.services.exponential() * station.mean), s, arrived});
  };
  const auto enter = [&](int s, Ticks now, Ticks arrived) {
    Station& station = stations[s];
    if (station.free == 0) {
      station.queue.push_back(arrived);
      return;
    }
    --station.free;
    serve(s, now, arrived);
  };
  heap.push({static_cast<Ticks>(arrivals.exponential() / per_tick), -1, 0});
  while (out < items) {
    const Event event = heap.top();
    heap.pop();
    if (event.station < 0) {
      heap.push({event.at + static_cast<Ticks>(arrivals.exponential() / per_tick), -1, 0});
      enter(0, event.at, event.at);
      continue;
    }
    Station& station = stations[event.station];
    if (station.queue.empty()) {
      ++station.free;
    } else {
      const Ticks arrived = station.queue.front();
      station.queue.pop_front();
      serve(event.station, event.at, arrived);
    }
    if (event.station == 0) {
      enter(shares.uniform() < 0.1 ? 1 : 2, event.at, event.arrived);
    } else {
      stay += static_cast<double>(event.at - event.arrived);
      ++out;
    }
  }
  const double took = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  std::printf("%ld %.6f %.4f\n", out, took, stay / static_cast<double>(out) / 6e7);
}
