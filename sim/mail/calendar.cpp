#include "mail/calendar.hpp"

#include <absl/time/civil_time.h>
#include <absl/time/time.h>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <stdexcept>
#include <utility>

#include "core/words.hpp"

namespace mailflow {
namespace {

absl::CivilDay civil(Date date) { return absl::CivilDay(1970, 1, 1) + date.days; }
Date from_civil(absl::CivilDay date) { return {static_cast<int>(date - absl::CivilDay(1970, 1, 1))}; }

/// Digits of fixed places; -1 where one is no digit.
int digits(const std::string& text, std::size_t from, std::size_t count) {
  int value = 0;
  for (std::size_t i = from; i < from + count; ++i) {
    if (i >= text.size() || text[i] < '0' || text[i] > '9') return -1;
    value = 10 * value + (text[i] - '0');
  }
  return value;
}

/// Letters and signs of IANA names; neither a path nor this machine's own zone.
bool may_be_a_zone(const std::string& zone) {
  if (zone.empty() || zone.size() > 60 || zone == "localtime" || zone.find("..") != std::string::npos) return false;
  if (std::isalpha(static_cast<unsigned char>(zone.front())) == 0) return false;
  return std::all_of(zone.begin(), zone.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '/' || c == '_' || c == '-' || c == '+';
  });
}

bool load(const std::string& zone, absl::TimeZone& into) {
  return may_be_a_zone(zone) && absl::LoadTimeZone(zone, &into);
}

}  // namespace

Date parse_date(const std::string& text) {
  const int year = digits(text, 0, 4);
  const int month = digits(text, 5, 2);
  const int date = digits(text, 8, 2);
  if (text.size() != 10 || text[4] != '-' || text[7] != '-' || year < 0 || month < 0 || date < 0) {
    throw std::invalid_argument(tr("a date is written yyyy-mm-dd"));
  }
  const absl::CivilDay found(year, month, date);
  if (found.year() != year || found.month() != month || found.day() != date) {
    throw std::invalid_argument(tr("there is no such date"));
  }
  return from_civil(found);
}

std::string to_string(Date date) { return absl::FormatCivilTime(civil(date)); }

namespace {

constexpr const char* months[] = {tr_later("January"), tr_later("February"), tr_later("March"),
                                  tr_later("April"),   tr_later("May"),      tr_later("June"),
                                  tr_later("July"),    tr_later("August"),   tr_later("September"),
                                  tr_later("October"), tr_later("November"), tr_later("December")};

}  // namespace

std::string shown(Date date) {
  if (language() == Language::en) return to_string(date);
  const absl::CivilDay day = civil(date);
  const std::string of_month = day.day() == 1 ? tr("1st") : std::to_string(day.day());
  return tr("{} {} {}", of_month, tr(months[day.month() - 1]), std::to_string(day.year()));
}

int weekday(Date date) { return static_cast<int>(absl::GetWeekday(civil(date))); }

struct Calendar::Zone {
  absl::TimeZone zone;
  absl::Time start;

  absl::TimeZone::CivilInfo shown(Ticks instant) const { return zone.At(start + absl::Microseconds(instant)); }
};

Calendar::Calendar(const std::string& zone, Date start, std::vector<Date> holidays, unsigned working_weekdays)
    : start_(start), holidays_(std::move(holidays)), working_(working_weekdays) {
  Zone found;
  if (!load(zone, found.zone)) throw std::invalid_argument(tr("there is no time zone \"{}\"", zone));
  // a midnight that a clock change skips is the instant of the change
  found.start = found.zone.At(absl::CivilSecond(civil(start))).pre;
  zone_ = std::make_shared<const Zone>(found);
  std::sort(holidays_.begin(), holidays_.end());
}

bool Calendar::zone_exists(const std::string& zone) {
  absl::TimeZone found;
  return load(zone, found);
}

Ticks Calendar::at(Date date, Ticks since_midnight) const {
  // .pre: the offset before a change for what it skips, the first of what comes twice
  const absl::Time whole = zone_->zone.At(absl::CivilSecond(civil(date)) + since_midnight / second).pre;
  return absl::ToInt64Microseconds(whole - zone_->start) + since_midnight % second;
}

Date Calendar::date_of(Ticks instant) const { return from_civil(absl::CivilDay(zone_->shown(instant).cs)); }

Ticks Calendar::time_of_day(Ticks instant) const {
  const auto shown = zone_->shown(instant);
  const auto seconds = shown.cs - absl::CivilSecond(absl::CivilDay(shown.cs));
  return seconds * second + absl::ToInt64Microseconds(shown.subsecond);
}

std::string Calendar::text(Ticks instant) const { return absl::FormatCivilTime(zone_->shown(instant).cs); }

std::string Calendar::to_the_minute(Ticks instant) const {
  return absl::FormatTime("%Y-%m-%d %H:%M", absl::FromCivil(zone_->shown(instant).cs, absl::UTCTimeZone()),
                          absl::UTCTimeZone());
}

std::string Calendar::shown_time(Ticks instant) const {
  const Ticks time = time_of_day(instant);
  const auto minutes = fmt::format("{:02}", time % hour / minute);
  return language() == Language::en ? fmt::format("{:02}:{}", time / hour, minutes)
                                    : tr("{} h {}", time / hour, minutes);
}

std::string Calendar::shown(Ticks instant) const {
  return tr("{} {}", mailflow::shown(date_of(instant)), shown_time(instant));
}

namespace {

/// Seconds east of UTC as "+11:00".
std::string offset_text(int seconds) {
  const int minutes = std::abs(seconds) / 60;
  const auto two = [](int n) {
    return std::string(1, static_cast<char>('0' + n / 10)) + static_cast<char>('0' + n % 10);
  };
  return (seconds < 0 ? '-' : '+') + two(minutes / 60) + ":" + two(minutes % 60);
}

}  // namespace

std::string Calendar::text_with_offset(Ticks instant) const {
  const auto shown = zone_->shown(instant);
  return absl::FormatCivilTime(shown.cs) + offset_text(shown.offset);
}

std::string Calendar::exact(Ticks instant) const {
  const auto shown = zone_->shown(instant);
  const std::string parts = std::to_string(second + absl::ToInt64Microseconds(shown.subsecond));
  return absl::FormatCivilTime(shown.cs) + '.' + parts.substr(1) + offset_text(shown.offset);
}

Ticks Calendar::parse(const std::string& given) const {
  std::string local = given;
  std::string offset;  // of a time that comes twice
  if (const std::size_t n = given.size(); n >= 22 && (given[n - 6] == '+' || given[n - 6] == '-')) {
    local = given.substr(0, n - 6);
    offset = given.substr(n - 6);
  }
  const Date date = parse_date(local.substr(0, 10));
  const bool seconds_given = local.size() > 16;
  const int h = digits(local, 11, 2);
  const int m = digits(local, 14, 2);
  const int s = seconds_given ? digits(local, 17, 2) : 0;
  const bool shape = local.size() >= 16 && (local[10] == 'T' || local[10] == ' ') && local[13] == ':' &&
                     (!seconds_given || local[16] == ':');
  if (!shape || h < 0 || h > 23 || m < 0 || m > 59 || s < 0 || s > 59) {
    throw std::invalid_argument(tr("a time is written yyyy-mm-dd hh:mm or yyyy-mm-dd hh:mm:ss"));
  }
  Ticks fraction = 0;
  if (local.size() > 19) {
    Ticks worth = second;
    bool good = local[19] == '.' && local.size() > 20;
    for (std::size_t i = 20; i < local.size(); ++i) {
      const int digit = digits(local, i, 1);
      good = good && digit >= 0;
      worth /= 10;
      fraction += digit * worth;
    }
    if (!good) throw std::invalid_argument(tr("after the seconds only a fraction may stand, such as .250"));
  }
  const Ticks first = at(date, h * hour + m * minute + s * second + fraction);
  if (offset.empty() || text_with_offset(first).ends_with(offset)) return first;
  for (const Ticks later : {30 * minute, hour})
    if (text(first + later) == text(first) && text_with_offset(first + later).ends_with(offset)) return first + later;
  throw std::invalid_argument(tr("the time zone has another offset from UTC at this time"));
}

bool Calendar::is_holiday(Date date) const { return std::binary_search(holidays_.begin(), holidays_.end(), date); }

bool Calendar::is_working(Date date) const {
  return ((working_ >> static_cast<unsigned>(weekday(date))) & 1U) != 0 && !is_holiday(date);
}

Date Calendar::working_day_after(Date date, int n) const {
  // a calendar without a worked day is refused where it is read; a century is enough for any row of holidays
  int left = n;
  for (int i = 0; i < 36525; ++i, ++date.days) {
    if (!is_working(date)) continue;
    if (left-- == 0) return date;
  }
  return date;
}

}  // namespace mailflow
