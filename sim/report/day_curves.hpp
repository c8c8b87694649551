// How the mail and the people of each day went, by the half hour: who worked where and who was free, how much work
// waited for an agent, and what had arrived, was sorted and had left.
//
//   DayCurveRecorder recorder(model);
//   recorder.passed(step, product, destination, items, at);   // and so on, as it is told
//   DayCurves curves = recorder.curves();
//
// All days of the window where these are 14 or fewer, else the busiest with three on both sides. What came and went
// before the first of them is kept as a sum.
#pragma once

#include <array>
#include <map>
#include <utility>
#include <vector>

#include "centre/simulate.hpp"
#include "mail/model.hpp"

namespace mailflow {

/// Plain values, a number for each slot of the days one after the other.
struct DayCurves {
  static constexpr Ticks slot = 30 * minute;
  enum class Step : std::uint8_t { arrived, sorted, left };
  static constexpr std::size_t steps = 3;
  /// Items by slot; `before`: up to the first of them.
  struct Passed {
    std::array<std::int64_t, steps> before{};
    std::array<std::vector<std::int64_t>, steps> in_slot;
  };

  int from = 0, until = 0;         ///< civil days of the run, the latter excluded; the same: none
  std::vector<std::size_t> slots;  ///< of each day
  /// Agents at work at a station, mean of each slot; and so many more as could have worked on the late mail that waited
  /// for them, by what waited in the mean, done within the slot, and by the positions and machines that were free.
  Rows<Station, std::vector<double>> worked, lacking;
  Rows<Team, std::array<std::vector<double>, 4>> teams;  ///< agents by AgentEvent::State, mean of each slot
  Rows<Product, Passed> products;
  Rows<Destination, Passed> destinations;
};

class DayCurveRecorder {
 public:
  using Step = DayCurves::Step;
  static constexpr Ticks slot = DayCurves::slot;
  static constexpr std::size_t steps = DayCurves::steps;

  /// `model` outlives the recorder.
  explicit DayCurveRecorder(const Model& model);

  /// Mail with a product and perhaps a destination; instants may lie before the window.
  void passed(Step step, ProductIndex product, DestinationIndex destination, std::int64_t items, Ticks at);
  /// Items that left late waited for an agent at a station; `item_ticks` lie evenly in the span.
  void waited(StationIndex station, Ticks from, Ticks to, double item_ticks);
  void agent(const AgentEvent& event);
  /// After the run.
  DayCurves curves() const;

 private:
  using Counts = std::vector<std::array<std::int64_t, steps>>;  ///< [product, then destination]
  struct Slot {
    Rows<Station, double> worked, waiting;  ///< agent-ticks and item-ticks
    Rows<Team, std::array<Ticks, 4>> team;  ///< agent-ticks by state
    Counts passed;
  };
  struct Day {
    std::int64_t arrived = 0;
    std::vector<Slot> slots;
  };
  int day_of(Ticks instant) const;
  std::pair<int, int> days() const;
  std::size_t slots(int on) const;
  Day* kept(int on);
  void forget(int now);
  template <typename Share>
  void over(Ticks from, Ticks to, Share share);
  template <typename Value>
  std::vector<double> by_slot(Value value) const;
  std::vector<double> lacking(StationIndex station) const;
  DayCurves::Passed passed_by(std::size_t row) const;

  const Model& model_;
  int first_ = 0, last_ = 0;  ///< civil days of the window
  bool all_ = true;
  int newest_ = -1, busiest_ = -1;
  std::int64_t most_ = -1;
  std::map<int, Day> days_;
  std::vector<Counts> sums_;           ///< by civil day of the run
  Rows<Station, double> agent_ticks_;  ///< of an item
};

}  // namespace mailflow
