// The event log as CSV: a row for each thing that happened to each lot, in order.
#pragma once

#include <ostream>

#include "centre/simulate.hpp"
#include "mail/model.hpp"

namespace mailflow {

/// Writes to a stream that the caller owns and checks.
class EventLog : public EventSink {
 public:
  EventLog(const Model& model, std::ostream& out);
  void on(const LotEvent& event) override;

 private:
  const Model& model_;
  Calendar calendar_;
  std::ostream& out_;
};

}  // namespace mailflow
