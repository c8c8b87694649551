// Reads civil times: days of the week, times of day, hours; and turns what happens by the week into instants of the
// run.
#pragma once

#include <string>
#include <vector>

#include "scenario/sections/value_reader.hpp"

namespace mailflow {

class TimeReader : public ValueReader {
 public:
  using ValueReader::ValueReader;

  Days weekdays(const Node& node, const std::string& what = "days");
  /// The days of `days` and `holidays`.
  Days days(const Node& map);
  std::vector<Ticks> times_of_day(const Node& node, const std::string& what);
  bool comes_on(const Days& days, Date date) const;
  /// The instants of the run, and with `at_the_end` that of its end: 24:00 of the last day, or 00:00 of the next.
  std::vector<Ticks> timetable(const std::vector<Ticks>& times, const Days& days, bool at_the_end = false) const;
  Spans opening(const Node& node, const std::string& what);
  /// The spans of the run in which hours of the day hold; those of the day before the run that reach into it are there
  /// too.
  Spans daily(const Hours& hours, const Days& days) const;
};

}  // namespace mailflow
