// The event log as XES (IEEE 1849), for process-mining tools: a trace for each lot, with a start and a complete event
// for what lasts and a complete event for what does not.
#pragma once

#include <ostream>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "centre/simulate.hpp"
#include "mail/model.hpp"

namespace mailflow {

/// Writes to a stream that the caller owns and checks; a lot's trace when the lot is gone, so that memory grows with
/// what is in the centre. `finish` after the run.
class XesLog : public EventSink {
 public:
  XesLog(const Model& model, std::ostream& out);
  void on(const LotEvent& event) override;
  void gone(std::int64_t lot) override;
  void finish();

 private:
  struct Trace {
    LotEvent first;
    std::vector<std::pair<Ticks, std::string>> events;
  };
  void write(std::int64_t lot, Trace& trace);
  void event(Trace& trace, const LotEvent& event, const char* transition, Ticks at) const;

  const Model& model_;
  Calendar calendar_;
  std::ostream& out_;
  std::unordered_map<std::int64_t, Trace> open_;
};

}  // namespace mailflow
