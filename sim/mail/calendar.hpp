// The civil calendar of a centre: dates, hours and zones to ticks and back; working days; the due rule J+n.
//
// The only place that knows time zones (Abseil, IANA data). Used before and after a run, never inside it.
// A civil time that a clock change skips (02:30 when 02:00 becomes 03:00) is read with the offset before the change
// (03:30); one that occurs twice is read as the first.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/time.hpp"

namespace mailflow {

/// A date; days are counted from 1970-01-01.
struct Date {
  int days = 0;
  friend auto operator<=>(const Date&, const Date&) = default;
};
/// yyyy-mm-dd; throws std::invalid_argument where the text is not a date that exists.
Date parse_date(const std::string& text);
std::string to_string(Date date);
/// As people write it in the language spoken: "2025-03-14", "14 mars 2025".
std::string shown(Date date);
/// 0 = Monday ... 6 = Sunday.
int weekday(Date date);

class Calendar {
 public:
  /// `zone`: IANA name. `start`: the run's first date; its midnight is tick 0. `holidays`: sorted or not.
  /// `working_weekdays`: bit i set: weekday i is worked. Throws std::invalid_argument for an unknown zone.
  Calendar(const std::string& zone, Date start, std::vector<Date> holidays, unsigned working_weekdays);
  static bool zone_exists(const std::string& zone);

  Date start() const { return start_; }
  /// The tick of a civil time: `since_midnight` may be 24 h or more (a shift across midnight).
  Ticks at(Date date, Ticks since_midnight) const;
  /// The civil date of a tick.
  Date date_of(Ticks instant) const;
  /// Civil time of day of a tick, as ticks since the civil midnight shown by the clock.
  Ticks time_of_day(Ticks instant) const;
  /// "2025-03-03T16:30:00", local civil time, to the second.
  std::string text(Ticks instant) const;
  /// "2025-03-03 16:30", for files.
  std::string to_the_minute(Ticks instant) const;
  /// As people write it in the language spoken: "2025-03-03 16:30", "3 mars 2025 à 16 h 30"; and its time alone.
  std::string shown(Ticks instant) const;
  std::string shown_time(Ticks instant) const;
  /// The same with the offset from UTC: "2025-03-03T16:30:00+11:00".
  std::string text_with_offset(Ticks instant) const;
  /// To the tick, with the offset: "2025-03-03T16:30:00.000000+11:00".
  std::string exact(Ticks instant) const;
  /// Local civil "yyyy-mm-ddThh:mm[:ss]" (or a blank for the T) to ticks, with an offset such as "+01:00" where the
  /// time comes twice and the second is meant; throws std::invalid_argument.
  Ticks parse(const std::string& local) const;

  bool is_holiday(Date date) const;
  bool is_working(Date date) const;
  /// J itself when it is worked, else the next worked day; then `n` further worked days.
  Date working_day_after(Date date, int n) const;

 private:
  struct Zone;
  std::shared_ptr<const Zone> zone_;
  Date start_;
  std::vector<Date> holidays_;
  unsigned working_;
};

}  // namespace mailflow
