// Random streams named by element and purpose, and draws from the laws of core/distribution.hpp.
//
// A stream's key is a hash of (seed, replication, name); a draw about a lot is keyed by the lot as well, so that what
// happens to one lot does not depend on how many draws were made for others (common random numbers). The generator is
// SplitMix64 (G. Steele, D. Lea, C. Flood 2014): 64 bits of state, so a stream is a number and can be made on the spot.
#pragma once

#include <boost/random/exponential_distribution.hpp>
#include <cstdint>
#include <string_view>

#include "core/distribution.hpp"
#include "core/time.hpp"

namespace mailflow {

/// Thoroughly mixes 64 bits (the finalizer of SplitMix64).
constexpr std::uint64_t mixed(std::uint64_t z) {
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31U);
}

/// A uniform random bit generator; cheap to make and to copy.
class Stream {
 public:
  using result_type = std::uint64_t;
  Stream() = default;
  explicit constexpr Stream(std::uint64_t key) : state_(key) {}

  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return UINT64_MAX; }
  constexpr result_type operator()() { return mixed(state_ += 0x9e3779b97f4a7c15ULL); }

  /// In [0, 1), 53 bits.
  constexpr double uniform() { return static_cast<double>((*this)() >> 11U) * 0x1.0p-53; }
  /// Mean 1 (ziggurat: Marsaglia and Tsang 2000).
  double exponential() { return boost::random::exponential_distribution<double>{}(*this); }

 private:
  std::uint64_t state_ = 0;
};

/// The key of a named stream.
constexpr std::uint64_t stream_key(std::uint64_t seed, std::uint64_t replication, std::string_view element,
                                   std::string_view purpose) {
  std::uint64_t h = mixed(seed + 0x9e3779b97f4a7c15ULL) ^ mixed(replication * 0xd1342543de82ef95ULL + 1);
  auto add = [&h](std::string_view text) {
    for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;  // FNV-1a
    h = mixed(h + text.size());
  };
  add(element);
  add(purpose);
  return h;
}

/// The key of a name: for draws about a thing of that name within a stream.
constexpr std::uint64_t name_key(std::string_view name) {
  std::uint64_t h = 0xcbf29ce484222325ULL;
  for (const char c : name) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;  // FNV-1a
  return mixed(h + name.size());
}

/// The stream of one decision about one thing (a lot, an agent's duty) within a named stream.
constexpr Stream keyed(std::uint64_t stream, std::uint64_t thing, std::uint64_t occasion = 0) {
  return Stream(mixed(stream ^ (thing + occasion * 0xda942042e4dd58b5ULL)));
}

/// A draw in the law's base unit; never negative.
double draw(const Distribution& law, Stream& stream);
/// A draw of a duration, rounded to a tick.
Ticks draw_ticks(const Distribution& law, Stream& stream);
/// A draw of a number of things, rounded to a whole number.
std::int64_t draw_count(const Distribution& law, Stream& stream);
/// How many of n independent things fall to a chance p.
std::int64_t draw_binomial(std::int64_t n, double p, Stream& stream);

}  // namespace mailflow
