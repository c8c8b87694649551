// The bound for bench/mm1.yaml: the same queue as a two-event loop written by hand, with nothing but the mean time in
// the system counted. Prints: customers, processor seconds, mean time in the system in services.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>

#include "core/random.hpp"

int main(int argc, char** argv) {
  using mailflow::Ticks;
  const long customers = argc > 1 ? std::atol(argv[1]) : 10'000'000;
  constexpr double tick = 1e6;
  constexpr std::size_t mask = (1U << 20U) - 1;
  mailflow::Stream arrivals(1);
  mailflow::Stream services(2);
  std::vector<Ticks> queue(mask + 1);
  std::size_t head = 0;
  std::size_t tail = 0;
  const std::clock_t start = std::clock();
  auto next_arrival = static_cast<Ticks>(arrivals.exponential() * tick / 0.9);
  Ticks next_departure = mailflow::never;
  double stay = 0;
  long out = 0;
  while (out < customers) {
    if (next_arrival < next_departure) {
      const Ticks now = next_arrival;
      queue[tail++ & mask] = now;
      if (tail - head == 1) next_departure = now + static_cast<Ticks>(services.exponential() * tick);
      next_arrival = now + static_cast<Ticks>(arrivals.exponential() * tick / 0.9);
    } else {
      const Ticks now = next_departure;
      stay += static_cast<double>(now - queue[head++ & mask]);
      ++out;
      next_departure = head == tail ? mailflow::never : now + static_cast<Ticks>(services.exponential() * tick);
    }
  }
  const double took = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  std::printf("%ld %.6f %.4f\n", out, took, stay / static_cast<double>(out) / tick);
}
