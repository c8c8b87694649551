// What a centre's run comes to: results by name, and what happened, in process.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "centre/simulate.hpp"
#include "core/parts.hpp"
#include "mail/model.hpp"
#include "network/network.hpp"
#include "random_centre.hpp"

namespace mailflow::laws {

/// The model of a centre. Throws std::runtime_error with the loader's words where it is not valid.
/// `state`: a situation that the run begins in, as a run keeps it; empty: none.
std::unique_ptr<Model> model_of(const Centre& centre, const std::string& state = "");
std::unique_ptr<Model> model_of(const std::string& yaml, const std::string& state = "");
/// A network's.
std::unique_ptr<Network> network_of(const Centre& network, const Parts& parts = one_after_another);
/// results.json, but for where the scenario lies and how many events it took; every sixth hour of stations.
nlohmann::json figures(const Model& model, Results results);
nlohmann::json figures(const Centre& centre);

/// The first place at which two results differ and the values there; empty: none. Numbers may differ by 1e-9 of their
/// size: sums of money and of means are added up in another order.
std::string difference(const nlohmann::json& a, const nlohmann::json& b);

/// Rows of a run's event log.
class Happenings : public EventSink {
 public:
  explicit Happenings(const Model& model) : model_(model) {}
  void on(const LotEvent& event) override { events.push_back(event); }
  /// What ended at an instant or later, in words without lots' numbers; a start not after the instant is not told.
  std::multiset<std::string> since(Ticks at) const;
  std::vector<LotEvent> events;

 private:
  const Model& model_;
};

}  // namespace mailflow::laws
