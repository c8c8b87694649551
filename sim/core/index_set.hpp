// A set of elements by index, a bit each: for what must be found among many whenever anything happens.
//
//   IndexSet<Station> waiting(stations);
//   waiting.set(s, lots > 0);
//   for (std::size_t w = 0; w < waiting.words(); ++w)
//     IndexSet<Station>::each(w, waiting.word(w) & open.word(w), [&](StationIndex s) { ... });
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/index.hpp"

namespace mailflow {

template <class Of>
class IndexSet {
 public:
  IndexSet() = default;
  /// Of so many elements none is in it.
  explicit IndexSet(std::size_t elements) : words_((elements + 63) / 64, 0) {}

  void set(Index<Of> i, bool in) {
    const std::uint64_t bit = std::uint64_t{1} << (i.at() & 63U);
    std::uint64_t& word = words_[i.at() >> 6U];
    word = in ? word | bit : word & ~bit;
  }
  bool none() const {
    for (const std::uint64_t word : words_)
      if (word != 0) return false;
    return true;
  }
  void clear() {
    for (std::uint64_t& word : words_) word = 0;
  }
  /// All of another of as many elements join it.
  void join(const IndexSet& other) {
    for (std::size_t w = 0; w < words_.size(); ++w) words_[w] |= other.words_[w];
  }
  /// Whether it has any in common with another of as many elements.
  bool meets(const IndexSet& other) const {
    for (std::size_t w = 0; w < words_.size(); ++w)
      if ((words_[w] & other.words_[w]) != 0) return true;
    return false;
  }

  /// Elements 64 w to 64 w + 63, the first in the lowest bit.
  std::size_t words() const { return words_.size(); }
  std::uint64_t word(std::size_t w) const { return words_[w]; }
  /// Tells of each element of a word, in order.
  template <typename Tell>
  static void each(std::size_t w, std::uint64_t word, const Tell& tell) {
    for (; word != 0; word &= word - 1) tell(Index<Of>(w * 64 + static_cast<std::size_t>(std::countr_zero(word))));
  }
  template <typename Tell>
  void each(const Tell& tell) const {
    for (std::size_t w = 0; w < words_.size(); ++w) each(w, words_[w], tell);
  }

 private:
  std::vector<std::uint64_t> words_;
};

}  // namespace mailflow
