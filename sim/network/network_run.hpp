// A network while its clock runs, in windows (look-ahead): one that begins at an instant ends when the first of the
// trips that leave from then on may be there. So there are no more windows than trips, however short links are.
//
//   window k:  [ every centre alone, on any thread ] -> exchange of what links took -> window k + 1
//
// Conservative parallel simulation (R. E. Bryant 1977; K. M. Chandy, J. Misra 1979) with bounded windows (B. D.
// Lubachevsky 1989): what leaves in a window arrives after its end, so that no centre ever hears of its past. What
// comes to a centre is handed over by (arrival, link, trip); nothing depends on who advances which centre, in which
// order, or in which process. This class holds no threads: its caller advances the centres as it likes (experiment/).
//
// Ownership: the network is the caller's and outlives this. advance() may be called for different centres at once; all
// else from one thread, while no centre advances.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "centre/centre_run.hpp"
#include "network/network.hpp"
#include "network/network_results.hpp"

namespace mailflow {

/// A load between two centres.
struct UnderWay {
  Ticks arrives = 0;
  LinkIndex link;
  std::int32_t trip = 0;
  std::int64_t items = 0;
  std::vector<ThroughLot> lots;
};

/// How a path came to a centre: from which one, and its number there; from -1: posted here.
struct PathStep {
  std::int32_t from = -1;
  std::uint32_t path = 0;
};

/// All that one process brings to the results.
struct NetworkPart {
  std::vector<int> centres;             ///< that it has run
  std::vector<CentreOutcome> outcomes;  ///< of these
  std::vector<std::vector<PathStep>> steps;
  std::vector<std::vector<Rows<Product, PathEnd>>> path_ends;  ///< [of these][path]
  Rows<Product, TimeSketch> end_to_end;
  Rows<Link, LinkResult> links;  ///< of all links; of other processes' links: nothing
};

class NetworkRun {
 public:
  /// `mine`: the centres to run here, ascending; `keep`: those whose whole results are asked for later.
  NetworkRun(const Network& network, RunOptions options, std::vector<int> mine, std::vector<int> keep);

  /// The ends of the windows, in order; the last is the run's end.
  Ticks window_end(Ticks from) const;
  /// All that happens in a centre (a position in `mine`) before `until`, loads that come by then included.
  void advance(std::size_t mine, Ticks until);
  /// The positions in `mine`, most mail first: a good order to begin them in.
  const std::vector<std::size_t>& by_volume() const { return by_volume_; }
  /// What has left since the last exchange: the loads for other processes' centres are given back, the others wait for
  /// their centre's next advance().
  std::vector<UnderWay> exchange();
  /// A load from another process.
  void receive(UnderWay load);
  /// Ends the clock of a centre and takes its results; what leaves at the end's instant wants one more exchange().
  void finish(std::size_t mine);
  NetworkPart part();
  /// Of the centres in `keep` that are run here, as single centres.
  const std::vector<std::pair<int, Results>>& kept() const { return kept_results_; }

 private:
  struct Centre {
    std::unique_ptr<CentreRun> run;
    std::vector<UnderWay> in;                        ///< not there yet
    std::vector<UnderWay> out;                       ///< since the last exchange
    std::vector<std::vector<std::uint32_t>> number;  ///< [centre it comes from][its path there]: path here, or none
    std::vector<PathStep> steps;
    std::vector<std::int64_t> by_links;  ///< per hour
    Results results;
    bool keep = false;
  };
  void take_in(Centre& state, Ticks until);
  void renumber(Centre& state, int from, std::vector<ThroughLot>& lots);
  void take_out(int centre, Centre& state);
  CentreOutcome outcome(int centre, Centre& state) const;
  void judge_under_way(int centre, CentreOutcome& outcome) const;

  const Network& network_;
  RunOptions options_;
  RunOptions unkept_;  ///< of centres whose own results nobody asked for: without items' own times at stations
  /// By the instant when a trip leaves, of all links: when it, or any that leaves later, is there first.
  std::vector<std::pair<Ticks, Ticks>> first_there_;
  std::vector<int> mine_;
  std::vector<int> position_;  ///< of each centre in mine_; -1: of another process
  std::vector<Centre> centres_;
  std::vector<std::size_t> by_volume_;
  Rows<Link, std::uint64_t> late_keys_;  ///< streams
  Rows<Link, LinkResult> links_;
  Rows<Link, std::uint16_t> link_place_;  ///< by name
  std::vector<std::pair<int, Results>> kept_results_;
};

/// The parts of all processes together. Throws RunFailure where mail is not conserved.
NetworkResults network_results(const Network& network, const RunOptions& options, std::vector<NetworkPart> parts);

}  // namespace mailflow
