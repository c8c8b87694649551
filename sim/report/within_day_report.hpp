// What to do now: the moves of the hours to come and what they bring, for the terminal, as JSON and as CSV.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "mail/model.hpp"
#include "metrics/measure.hpp"
#include "stats/comparison.hpp"
#include "stats/interval.hpp"

namespace mailflow {

/// One thing to do; teams, stations and departures are those of the model, -1: none.
struct WithinDayStep {
  enum class Kind : std::uint8_t { send, keep, call_in, earlier, hold, advance, add };
  Kind kind = Kind::send;
  TeamIndex team;
  StationIndex station;
  DepartureIndex departure;
  int agents = 0;
  Ticks by = 0;    ///< longer, earlier, held or advanced by
  Ticks when = 0;  ///< send: from then; keep: the shift's end; call in: they are here; else the time that was to be
  Ticks decide_by = 0;              ///< the latest instant at which it can be decided
  std::vector<Difference> changes;  ///< by measure: what it brings on top of the steps before
};

/// Items that leave with a departure in time, without and with all steps.
struct WithinDayDeparture {
  DepartureIndex departure;
  Interval nothing_done, all_done;
  Difference difference;
};

struct WithinDayReport {
  std::vector<Measure> measures;
  std::vector<Interval> nothing_done, all_done;  ///< by measure
  std::vector<Difference> difference;            ///< by measure: of all steps
  std::vector<WithinDayStep> steps;
  std::vector<WithinDayDeparture> departures;  ///< those with mail that is due
  double loss_before = 0, loss_after = 0;
  std::size_t tried = 0;  ///< moves
  std::int64_t replications = 0;
  double confidence = 0.95;
  bool stopped = false;
  bool simulated = false;  ///< the situation is the one that a run comes to
};

/// `model` begins in the situation.
std::string within_day_text(const Model& model, const WithinDayReport& report);
std::string within_day_json(const Model& model, const WithinDayReport& report);
/// The same for the report's page, in both languages.
std::string within_day_page_json(const Model& model, const WithinDayReport& report);
/// Each step in words.
std::vector<std::string> within_day_steps(const Model& model, const WithinDayReport& report);
std::string within_day_csv(const Model& model, const WithinDayReport& report);

}  // namespace mailflow
