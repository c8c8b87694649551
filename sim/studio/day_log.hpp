// What happened to every lot and agent in one run, kept to be looked at: a stretch of time to be drawn, the lots in a
// place at an instant, one lot's journey, the late ones. Nothing is said that the run did not tell.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "centre/simulate.hpp"
#include "mail/model.hpp"
#include "studio/model_view.hpp"

namespace mailflow::studio {

/// Which late lots are wanted; what is empty does not count.
struct LateWanted {
  std::string product, destination, departure, day;  ///< day: on which they were due, yyyy-mm-dd
};

class DayLog : public EventSink {
 public:
  /// Runs the replication; throws ExperimentStopped once `stop` is true.
  DayLog(std::shared_ptr<const Model> model, std::uint64_t seed, std::uint64_t replication,
         const std::atomic<bool>* stop = nullptr);

  void on(const LotEvent& event) override;
  void agent(const AgentEvent& event) override;
  void late(const LateItems& items) override;

  // Shapes are in PROTOCOL.md. Instants are seconds from the run's start.
  Json names() const;
  /// All that lies in [from, to), whole.
  Json window(double from, double to) const;
  Json lots_at(const std::string& station, double at) const;
  Json journey(std::int64_t lot) const;
  Json late_lots(const LateWanted& wanted) const;

 private:
  struct Stretch {
    std::int64_t lot = 0, parent = 0;
    Ticks start = 0, end = 0;
    Ticks due = never;
    int items = 0;
    std::int32_t station = -1, product = -1, destination = -1, departure = -1;
    std::int16_t agents = 0;
    std::uint8_t activity = 0;
  };
  Json row(const Stretch& stretch) const;
  std::uint8_t number_of(const char* activity);

  std::shared_ptr<const Model> model_;
  std::uint64_t replication_;
  std::vector<std::string> activities_;
  std::vector<Stretch> lots_;  ///< in the order in which they are told: by end
  std::vector<AgentEvent> agents_;
  std::vector<LateItems> late_;
};

}  // namespace mailflow::studio
