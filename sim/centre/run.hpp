// One run of a centre: the loop that takes event after event off the agenda and hands each to the part that it is
// about, by the rules of centre/RULES.md; the window's beginning, the hours, the end.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "centre/block_loop.hpp"
#include "centre/centre.hpp"
#include "centre/centre_run.hpp"

namespace mailflow {

class Run final : public CentreRun {
 public:
  /// The model is the caller's and outlives the run.
  Run(const Model& model, const RunOptions& options);
  ~Run() override = default;
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;
  Run(Run&&) = delete;
  Run& operator=(Run&&) = delete;
  void receive(Ticks at, std::vector<ThroughLot> lots) override;
  void advance(Ticks until) override;
  std::vector<Load> take_loads() override { return centre_.transport.take_loads(); }
  Results results() override;

 private:
  void start_clocks();
  void loop(Ticks until);
  void happen(const Event& event);
  /// Every so many events: tells how far the run is, and throws RunFailure where it goes round at one instant.
  void pulse(std::uint64_t events);
  StationIndex station_of(const Event& event) const;
  void sample(std::size_t target, std::size_t which);
  Results count_all();
  [[noreturn]] void fail_for_memory() const;

  Centre centre_;
  std::uint64_t events_ = 0;
  bool over_ = false;
  std::unique_ptr<BlockLoop> blocks_;  ///< instead of the general loop
  Rows<Target, std::vector<std::int64_t>> left_over_;
  Ticks pulse_at_ = -1;  ///< instant of the last pulse
  std::uint64_t of_an_instant_ = 0;
};

}  // namespace mailflow
