// Runs a centre station by station over blocks of time, instead of event by event.
//
//   sources, loads -> [ first station ] -> [ next ] -> ... -> bays, out        each for all of (from, to]
//
// Where stations serve in order of coming with servers that are always there, and no mail comes back to a station it
// has left, when a lot is taken in hand follows from the lots before it (D. Lindley 1952; several servers: J. Kiefer
// and J. Wolfowitz 1955). So there is no list of events: a block of arrivals goes through the first station, what left
// it in the block through the next, and so on. Draws, order and counts are those of the general loop, to the byte
// (tests/centre holds the two against each other). Mail whose handling takes no time is the exception: at the next
// station it has come before or after other mail of its instant.
//
// Bays pile mail up by destination: a link's trip takes whole piles. Stations are in block_stations.cpp, bays and links
// in block_links.cpp.
//
// Memory: 48 bytes a lot waiting at a station, 32 a lot at a bay or under way.
#pragma once

#include <algorithm>
#include <boost/container/small_vector.hpp>
#include <deque>
#include <memory>
#include <vector>

#include "centre/centre.hpp"
#include "centre/centre_run.hpp"

namespace mailflow {

class BlockLoop {
 public:
  /// Whether the run's model is such a centre.
  static bool fits(const Model& model, const RunOptions& options);

  /// `centre` is not owned and outlives the loop; its clocks have been started.
  explicit BlockLoop(Centre& centre);
  void receive(Ticks at, std::vector<ThroughLot> lots);
  void advance(Ticks until);
  Ticks now() const { return std::max<Ticks>(to_, 0); }
  std::uint64_t events() const { return events_; }
  /// Adds the lots that are at each station.
  void count_lots(Rows<Station, std::int64_t>& lots) const;

 private:
  /// Whence: of lots that come to a station at one instant, those handled come first, by their stations' places.
  static constexpr std::uint16_t by_link = UINT16_MAX, from_source = by_link - 1, last_station = from_source - 1;
  struct Item {
    ThroughLot lot{};
    Ticks at = 0;                 ///< when it comes to the station
    std::int32_t load = none;     ///< stands for all lots that this load still holds
    std::uint16_t handlings = 0;  ///< so far in this centre
    std::uint16_t whence = from_source;
  };
  struct Hand {
    Item item;
    Ticks began = 0, ends = 0;
  };
  struct Ended {
    Ticks ends;
    std::uint32_t which;  ///< of ended_
  };
  /// Lots in order of coming; grows by doubling.
  class Ring {
   public:
    bool empty() const { return count_ == 0; }
    std::size_t size() const { return count_; }
    Item& front() { return items_[head_]; }
    Item& operator[](std::size_t i) { return items_[(head_ + i) & (items_.size() - 1)]; }
    void push(const Item& item) {
      if (count_ == items_.size()) grow();
      items_[(head_ + count_++) & (items_.size() - 1)] = item;
    }
    void pop() {
      head_ = (head_ + 1) & (items_.size() - 1);
      --count_;
    }

   private:
    void grow();
    std::vector<Item> items_ = std::vector<Item>(64);
    std::size_t head_ = 0, count_ = 0;
  };
  /// What has come to a pile, or gone from it, since the start.
  struct Tally {
    std::int64_t lots = 0;
    struct OfProduct {
      std::int64_t items = 0;
      ItemTicks entered = 0;  ///< item-ticks: when they came, or the window's start
      ItemTicks came = 0;     ///< item-ticks: when they came
    };
    boost::container::small_vector<OfProduct, 2> product;  ///< few: many tallies are taken where doors close
  };
  /// Mail for one destination at a bay, in order of coming.
  struct Pile {
    std::deque<std::vector<ThroughLot>> chunks;
    std::size_t taken = 0;  ///< of the first chunk
    Tally came, gone;
    /// Of each block that mail came in and has not all gone: how many lots had come before it, and its first instant.
    /// What goes is always whole blocks.
    struct Since {
      std::uint64_t block = 0;
      std::int64_t lots = 0;
      Ticks at = 0;
    };
    std::deque<Since> since;
  };
  /// Where constant times are rounded, servers that are free at one instant are not alike: they go in order of taking.
  struct FreeServer {
    Ticks at = 0;
    std::uint64_t turn = 0;  ///< which handling of the station has ended; 0: none yet
    double rounding = 0;
  };
  enum class Servers : std::uint8_t { one, many, many_rounded };
  struct Place {  ///< a station
    StationIndex index;
    const Station* is = nullptr;
    StationCount* count = nullptr;
    Ledger::Row* causes = nullptr;  ///< its rows of the ledger, one a product
    std::uint64_t service_key = 0, share_key = 0;
    std::uint16_t whence = 0;               ///< of what leaves it
    bool one_next = false;                  ///< all that leaves it goes one way: to `only_next`
    StationIndex only_next;                 ///< none: out of the centre
    std::vector<Item> in;                   ///< what comes in the block
    std::vector<std::size_t> ends_of_runs;  ///< `in` is a sequence of runs, each in order
    Ring queue;
    std::vector<Ticks> free_at;    ///< of each server, a heap with the least first
    std::vector<FreeServer> free;  ///< instead, where several servers take a constant time that is no whole tick
    std::uint64_t turns = 0;       ///< handlings begun, where `free` is kept; the first is 1
    double rounding = 0;           ///< of a single server: whole_ticks
    std::vector<Hand> in_hand;     ///< beyond the block, in order of beginning
    std::vector<Pile> piles;       ///< bay: per destination
    // counts of the block: item-ticks from the instant to the block's end
    std::int64_t came = 0, came_ticks = 0, left = 0, left_ticks = 0, started_ticks = 0;
    std::int64_t busy_ticks = 0, visits = 0;
    std::int64_t at_end = 0;  ///< items that came and were taken in hand at the block's very end
    std::size_t seen = 0;     ///< of `in`, counted into `level`
    // counts since the last flush
    std::int64_t here = 0, level = 0;  ///< items at the station, and waiting
    std::int64_t level_before = 0;     ///< at the block's start
    std::size_t busy_before = 0;       ///< lots in hand then
    std::int64_t out = 0, lots_out = 0, started = 0, waited = 0, queue_max = 0;
    ItemTicks content_area = 0, queue_area = 0, busy_area = 0, visit_time = 0;
  };
  struct Origin {  ///< a source
    Ticks next = never;
  };
  struct Closing {  ///< what is in time for a trip
    std::size_t trip = 0;
    std::vector<std::vector<Tally>> came;  ///< [bay of the departure][destination]
  };
  struct Door {  ///< a departure
    std::size_t next_trip = 0, next_closing = 0;
    std::deque<Closing> closed;
  };
  struct Trip {  ///< while it is loaded
    DepartureIndex departure;
    Load load;
    DepartureTrip result;
    std::vector<Vehicle> vehicles;
    std::size_t first_with_room;  ///< no vehicle before it has room for an item
  };
  struct Coming {
    Ticks at;
    std::int32_t load;
  };
  struct InAndOut {  ///< of a product, in the block
    std::int64_t in = 0, in_ticks = 0, out = 0, out_ticks = 0;
  };

  void begin_place(StationIndex s);
  static bool earlier(const Item& a, const Item& b);
  void block(Ticks to);
  void come_from(SourceIndex s);
  Ticks next_arrival(SourceIndex s, Ticks now);
  void come_by_links();
  void end_of_run(Place& place);
  void count_coming(Place& place, const Item& item);
  void deliver(const Item& item, StationIndex to);
  void merge(std::vector<Item>& items, std::vector<std::size_t>& ends_of_runs);
  void sort_ended(std::size_t servers);
  template <Servers How>
  void work(Place& place);
  template <Servers How>
  void drain(Place& place, std::size_t own);
  template <Servers How>
  Ticks free_from(const Place& place);
  Ticks take_next(Place& place, const Item& item, Ticks start);
  template <Servers How>
  void begin(Place& place, Item& item, Ticks start, std::size_t own);
  std::int64_t weight(const Item& item) const;
  bool may_be_longest(const Place& place, Ticks start) const;
  static Ticks handling_time(const Place& place, const Item& item, double& rounding);
  void book(Place& place, const Item& item, Ticks began, Ticks ends, Ticks worked);
  void finish(Place& place, const Item& item, Ticks began, Ticks ends);
  static StationIndex next_of(const Place& place, const Item& item);
  void leave(const ThroughLot& lot, Ticks at);
  void count_stay(const ThroughLot& lot, Ticks at);
  Ticks due_of(const ThroughLot& lot);
  std::vector<ThroughLot> empty_chunk();
  void pile_up(Place& place);
  void close_block(Place& place);
  void count_flows();
  bool control();
  void begin_window(Ticks at);
  Ticks next_closing() const;
  void close_doors();
  void depart(DepartureIndex d);
  void load_pile(Place& place, Pile& pile, const Tally& upto, Trip& trip);
  void load_lot(const ThroughLot& lot, Trip& trip);
  void settle_pile(Place& place, Pile& pile);
  ItemTicks pile_visits(const Pile& pile, ProductIndex product) const;
  void restamp(Tally& came, const Tally& gone) const;
  void flush();
  void settle();
  void flush_servers(const Place& place, Ticks dt);
  void hand_over();
  std::int64_t hand_over_queue(Place& place);
  std::int64_t hand_over_in_hand(Place& place);
  std::int64_t hand_over_pile(Place& place, Pile& pile);
  LotIndex lot_of(const ThroughLot& from, StationIndex place, Ticks entered, Ticks since, std::uint32_t handlings);
  Ticks booked_from(Ticks t) const { return std::max(t, window_from_); }
  static void charge(const Place& place, const ThroughLot& lot, Cause cause, ItemTicks time) {
    place.causes[lot.product][static_cast<std::size_t>(cause)] += time;
  }

  Centre& centre_;
  const Setting& setting_;
  bool over_ = false;
  Ticks window_from_ = 0;
  Ticks from_ = -1, to_ = -1;
  std::uint64_t blocks_ = 0;
  Ticks counted_to_ = 0;  ///< places' areas
  Ticks step_ = second;   ///< length of a block: some thousand lots, so that they stay near the processor
  Ticks longest_ = day;   ///< what the sources alone allow
  std::uint64_t events_ = 0;
  std::int64_t inbound_lots_ = 0;
  Rows<Station, Place> places_;
  std::vector<StationIndex> order_;  ///< none comes before one that mail comes from
  Rows<Source, Origin> origins_;
  Rows<Departure, Door> doors_;
  Rows<Product, InAndOut> flows_;
  Rows<Product, std::size_t> due_steps_;  ///< where the last due was found
  std::vector<Coming> coming_;            ///< loads still to come, by instant
  std::vector<std::vector<ThroughLot>> loads_;
  std::vector<std::size_t> load_taken_;  ///< lots of it already in hand
  std::vector<std::int64_t> load_items_;
  std::vector<std::vector<ThroughLot>> spare_chunks_;  ///< of piles that have gone
  bool one_way_out_ = true;
  bool one_by_one_ = false;  ///< all lots are of one item
  std::vector<Item> leaving_;
  std::vector<std::size_t> leaving_runs_;
  std::vector<Hand> ended_;
  std::vector<Ended> ended_order_;
  std::vector<Item> scratch_;
};

}  // namespace mailflow
