// M/M/1 by the recursion of D. Lindley (1952): each customer's wait out of the one before's, with no events and no
// queue at all. Not a simulator one could build on, but how fast the figures themselves can be had. Usage: mm1_lindley
// [CUSTOMERS]. Prints: customers, processor seconds, mean time in the system in services.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "core/random.hpp"

int main(int argc, char** argv) {
  const long customers = argc > 1 ? std::atol(argv[1]) : 10'000'000;
  mailflow::Stream arrivals(1);
  mailflow::Stream services(2);
  const std::clock_t start = std::clock();
  double wait = 0;
  double stay = 0;
  for (long i = 0; i < customers; ++i) {
    const double service = services.exponential();
    stay += wait + service;
    wait = std::max(0.0, wait + service - arrivals.exponential() / 0.9);
  }
  const double took = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  std::printf("%ld %.6f %.4f\n", customers, took, stay / static_cast<double>(customers));
}
