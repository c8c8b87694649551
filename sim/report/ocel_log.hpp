// The event log as OCEL 2.0 (JSON), for object-centric process mining: events of lots, stations, agents and vehicles.
//
//   OcelLog log(model, out);
//   options.events = &log.objects();
//   simulate(model, options);          // once for the objects
//   options.events = &log.events();
//   simulate(model, options);          // and once for the events: the same run, and nothing need be kept
//   log.finish();
#pragma once

#include <memory>
#include <ostream>

#include "centre/simulate.hpp"
#include "mail/model.hpp"

namespace mailflow {

/// Writes to a stream that the caller owns and checks.
class OcelLog {
 public:
  OcelLog(const Model& model, std::ostream& out);
  ~OcelLog();
  OcelLog(const OcelLog&) = delete;
  OcelLog& operator=(const OcelLog&) = delete;
  OcelLog(OcelLog&&) = delete;
  OcelLog& operator=(OcelLog&&) = delete;
  EventSink& objects();
  EventSink& events();
  void finish();

 private:
  class Objects;
  class Events;
  std::unique_ptr<Objects> objects_;
  std::unique_ptr<Events> events_;
  std::ostream& out_;
};

}  // namespace mailflow
