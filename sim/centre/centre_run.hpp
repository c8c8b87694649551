// One centre of a network while its clock runs: advanced a piece at a time, mail coming and going by links.
//
//   receive(at, lots) ->  [ the centre's model ]  -> take_loads()
//
// Time: ticks from the network's start, the same in every centre. A piece ends before an instant; what comes by a link
// is handed over before the clock has reached its arrival. Randomness: streams named by the centre (Model::place) and
// element, and keyed by the lot, so that the pieces' length and who advances which centre change nothing.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "centre/simulate.hpp"
#include "core/time.hpp"
#include "mail/model.hpp"
#include "metrics/results.hpp"

namespace mailflow {

/// A lot on its way through a network, 32 bytes. Its due instant follows from its product and `posted`.
struct ThroughLot {
  static constexpr std::uint64_t most = (std::uint64_t{1} << 48U) - 1;  ///< of an instant: 8.9 years
  std::uint64_t posted : 48;                                            ///< ticks: when it came into the network
  std::uint64_t destination : 16;  ///< centre it is bound for: index of Model::destinations
  std::uint64_t arrived : 48;      ///< ticks: when it came into the centre that it left last
  std::uint64_t product : 16;
  std::uint64_t key;    ///< names it to the random streams
  std::uint32_t path;   ///< the centres it has been through: a number of its present centre's (see receive)
  std::uint32_t items;  ///< that move together
};
static_assert(sizeof(ThroughLot) == 32);

/// What one trip of a link has taken away.
struct Load {
  DepartureIndex departure;
  Ticks left = 0;
  std::vector<ThroughLot> lots;
};

class CentreRun {
 public:
  /// Neither is copied; both outlive the run.
  static std::unique_ptr<CentreRun> make(const Model& model, const RunOptions& options);

  CentreRun() = default;
  virtual ~CentreRun() = default;
  CentreRun(const CentreRun&) = delete;
  CentreRun& operator=(const CentreRun&) = delete;
  CentreRun(CentreRun&&) = delete;
  CentreRun& operator=(CentreRun&&) = delete;

  /// Lots that come by a link at `at`, not before the instant up to which the clock has been advanced, into station
  /// Model::inbound. Loads of one instant come in the order in which they are handed over. The caller has numbered
  /// their paths anew: `path` is a small number of this centre's, 0 for mail posted here.
  virtual void receive(Ticks at, std::vector<ThroughLot> lots) = 0;
  /// All that happens before `until`. Beyond Model::end: to the end.
  virtual void advance(Ticks until) = 0;
  /// What has left by links since it was last asked, in order of leaving.
  virtual std::vector<Load> take_loads() = 0;
  /// Once, after the clock has been advanced beyond Model::end.
  virtual Results results() = 0;
};

}  // namespace mailflow
