// What the random centres are drawn with.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/random.hpp"

namespace mailflow::laws {

class Draws {
 public:
  explicit Draws(std::uint64_t seed) : stream_(mixed(seed + 0x5eed)) {}

  /// A whole number of [least, most].
  int between(int least, int most) {
    return least + static_cast<int>(stream_() % static_cast<std::uint64_t>(most - least + 1));
  }
  bool by(int percent) { return between(1, 100) <= percent; }
  template <typename T>
  const T& one_of(const std::vector<T>& of) {
    return of[static_cast<std::size_t>(between(0, static_cast<int>(of.size()) - 1))];
  }
  std::string word(const std::vector<std::string>& of) { return one_of(of); }
  template <typename T>
  void shuffle(std::vector<T>& these) {
    for (std::size_t i = these.size(); i > 1; --i)
      std::swap(these[i - 1], these[static_cast<std::size_t>(between(0, static_cast<int>(i) - 1))]);
  }
  /// One to all of them, in a random order.
  std::vector<std::string> some_of(std::vector<std::string> of) {
    shuffle(of);
    of.resize(static_cast<std::size_t>(between(1, static_cast<int>(of.size()))));
    return of;
  }

 private:
  Stream stream_;
};

}  // namespace mailflow::laws
