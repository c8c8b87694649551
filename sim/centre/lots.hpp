// Lots: items that move together; and where they are kept.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "centre/server.hpp"
#include "centre/simulate.hpp"
#include "core/index.hpp"
#include "core/memory.hpp"
#include "core/time.hpp"
#include "core/words.hpp"
#include "mail/indices.hpp"

namespace mailflow {

struct Lot;
using LotIndex = Index<Lot>;

/// n items of one product and destination that move together; or a bag of such lots. What every station asks for lies
/// in one line of the processor's cache, the rest in another: where many lots wait, it is the lines that take time.
struct alignas(64) Lot {
  Ticks entered = 0;  ///< in its station
  Ticks since = 0;    ///< its time is booked up to here
  Ticks due = never;
  std::uint64_t key = 0;  ///< names it to the random streams; the same in every scenario
  int items = 0;
  int done = 0;                   ///< items of it already handled in this visit (after an interruption)
  LotIndex next;                  ///< in a queue, or among the members of a bag
  std::uint32_t handlings = 0;    ///< times taken in hand or held so far: tells its draws apart
  std::uint32_t cause_epoch = 0;  ///< of its station when it joined the queue
  ProductIndex product{0};
  DestinationIndex destination;
  StationIndex station;
  std::uint8_t pass = 0;  ///< at a station of several passes
  bool missed_vehicle = false;
  bool aboard = false;  ///< loaded, and about to leave
  bool in_centre = false;
  bool in_hand = false;
  bool broken_off = false;  ///< its handling was broken off: the servers know where

  Ticks arrived = 0;           ///< in the centre
  Ticks posted = 0;            ///< in the network; outside of networks as `arrived`
  std::int64_t number = 0;     ///< for the event log
  std::int64_t entry = 0;      ///< how many had come into the station's queue when it did: first come
  LotIndex members;            ///< first lot of those bagged in it
  ServerIndex server;          ///< that cannot get rid of it (blocked)
  std::uint32_t path = 0;      ///< in a network: how it came
  StationIndex target;         ///< station it waits to enter (blocked)
  std::uint32_t children = 0;  ///< lots split from it so far: tells their keys apart
};

/// Lots by index, at addresses that stay; freed ones are used again.
class LotPool {
 public:
  const Lot& operator[](LotIndex i) const { return chunks_[i.at() >> 10U][i.at() & 1023U]; }
  Lot& operator[](LotIndex i) { return chunks_[i.at() >> 10U][i.at() & 1023U]; }
  LotIndex make() {
    if (free_ == none) grow();
    const LotIndex i = free_;
    Lot& lot = (*this)[i];
    free_ = lot.next;
    lot = Lot{};
    lot.number = ++made_;
    return i;
  }
  void free(LotIndex i) {
    Lot& lot = (*this)[i];
    lot.next = free_;
    lot.in_centre = false;
    free_ = i;
  }
  /// The lot will be asked for soon.
  void fetch(LotIndex i) const {
    if (i != none) __builtin_prefetch(&(*this)[i]);
  }
  /// All that there is room for: those in use, and those freed, which are not `in_centre`.
  Indices<Lot> all() const { return {LotIndex(0), size()}; }
  std::size_t size() const { return chunks_.size() * 1024; }
  std::int64_t made() const { return made_; }
  void count_made(std::int64_t lots) { made_ += lots; }

 private:
  /// A lot is told by a whole number of 32 bits.
  static constexpr std::size_t most = std::size_t{std::numeric_limits<int>::max()} / 1024 * 1024;
  void grow() {
    const std::size_t base = size();
    if (base >= most)
      throw RunFailure(tr("more than 2 147 000 000 lots are in the centre at once: give the products larger lots"));
    constexpr std::size_t asked_for = 64;  // chunks at a time
    if (chunks_.size() % asked_for == 0) need_memory(asked_for * 1024 * sizeof(Lot));
    chunks_.push_back(std::make_unique<Lot[]>(1024));
    for (std::size_t i = base + 1024; i > base; --i) {
      const LotIndex lot(i - 1);
      (*this)[lot].next = free_;
      free_ = lot;
    }
  }
  std::vector<std::unique_ptr<Lot[]>> chunks_;
  LotIndex free_;
  std::int64_t made_ = 0;
};

}  // namespace mailflow
