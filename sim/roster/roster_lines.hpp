// A person's line of work, days before the roster included; and small things that all of a roster's code needs.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "roster/roster.hpp"

namespace mailflow {

class RosterLine {
 public:
  RosterLine(const RosterTask& task, const Roster& roster, int agent)
      : task_(task),
        who_(task.agents[static_cast<std::size_t>(agent)]),
        duty_(roster.duty[static_cast<std::size_t>(agent)]) {}
  /// Of a day from -past on; -1: off, as on the day after the last.
  int shift(int on) const {
    if (on >= task_.days) return -1;
    return on < 0 ? who_.past[task_.index(on)] : duty_[static_cast<std::size_t>(on)].shift;
  }
  bool works(int on) const { return shift(on) >= 0; }
  /// Whether the shift of the day before runs into this day.
  bool from_before(int on) const {
    return on > -task_.past && works(on - 1) && task_.runs_into_next(shift(on - 1), on - 1);
  }
  /// Whether any hour of the day is worked.
  bool there(int on) const { return works(on) || from_before(on); }
  const RosterDuty& duty(int on) const { return duty_[static_cast<std::size_t>(on)]; }
  RosterTally tally() const { return tally(task_.days - 1); }
  /// Of the shifts up to a day.
  RosterTally tally(int through) const;
  /// The first day with whose shift a value of the tally is beyond a limit; -1: none.
  template <class Value>
  int day_beyond(double limit, const Value& value) const {
    for (int d = 0; d < task_.days; ++d)
      if (works(d) && value(tally(d)) > limit + 1e-6) return d;
    return -1;
  }

 private:
  const RosterTask& task_;
  const RosterAgent& who_;
  const std::vector<RosterDuty>& duty_;
};

/// Who is compared with whom by a rule of fairness: the people of each team, for nights those who may work one.
std::map<std::string, std::vector<int>> compared(const RosterTask& task, Rule rule);

/// Calls `use(hour, part)` for each clock hour from the roster's first midnight that a shift of a day lies in.
template <class Use>
void for_each_hour(const RosterTask& task, int shift, int on, int hours, const Use& use) {
  if (!task.held(shift, on)) return;
  const Ticks origin = task.origin();
  const Span& span = task.span(shift, on);
  for (Ticks h = (span.from - origin) / hour; h < hours && origin + h * hour < span.to; ++h) {
    const Ticks from = std::max(span.from, origin + h * hour);
    const Ticks to = std::min(span.to, origin + (h + 1) * hour);
    if (h >= 0 && to > from) use(static_cast<int>(h), static_cast<double>(to - from) / static_cast<double>(hour));
  }
}

}  // namespace mailflow
