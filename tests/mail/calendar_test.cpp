// Civil time: clock changes, worked days, what is not a date.
#include "mail/calendar.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

namespace mailflow {
namespace {

Calendar calendar(const char* zone, const char* start, std::vector<Date> holidays = {}, unsigned working = 0b0011111) {
  return {zone, parse_date(start), std::move(holidays), working};
}

TEST_CASE("a date that does not exist is refused") {
  for (const char* bad :
       {"2025-02-30", "2025-13-01", "2025-00-10", "25-01-01", "2025/01/01", "2025-1-1", "", "today"}) {
    INFO(bad);
    CHECK_THROWS_AS(parse_date(bad), std::invalid_argument);
  }
  CHECK(to_string(parse_date("2024-02-29")) == "2024-02-29");
  CHECK(weekday(parse_date("2025-03-03")) == 0);
  CHECK(weekday(parse_date("2025-03-09")) == 6);
}

TEST_CASE("the day on which clocks go forward has 23 hours, and what it skips is read by the old offset") {
  const auto paris = calendar("Europe/Paris", "2025-03-30");
  const auto sunday = paris.start();
  CHECK(paris.at({sunday.days + 1}, 0) == 23 * hour);
  CHECK(paris.at(sunday, 90 * minute) == 90 * minute);
  CHECK(paris.text(paris.at(sunday, 150 * minute)) == "2025-03-30T03:30:00");
  CHECK(paris.at(sunday, 3 * hour) == 2 * hour);
}

TEST_CASE("the day on which clocks go back has 25 hours, and what comes twice is read as the first") {
  const auto paris = calendar("Europe/Paris", "2025-10-26");
  CHECK(paris.at({paris.start().days + 1}, 0) == 25 * hour);
  CHECK(paris.at(paris.start(), 150 * minute) == 150 * minute);
  CHECK(paris.text_with_offset(150 * minute) == "2025-10-26T02:30:00+02:00");
  CHECK(paris.text_with_offset(210 * minute) == "2025-10-26T02:30:00+01:00");
  CHECK(paris.parse("2025-10-26 02:30+02:00") == 150 * minute);
  CHECK(paris.parse("2025-10-26 02:30+01:00") == 210 * minute);
  CHECK(paris.parse("2025-10-26 02:30:00.25+01:00") == 210 * minute + second / 4);
  CHECK_THROWS_AS(paris.parse("2025-10-26 02:30+03:00"), std::invalid_argument);
  CHECK_THROWS_AS(paris.parse("2025-10-26 12:30+02:00"), std::invalid_argument);
  CHECK(paris.time_of_day(210 * minute) == 150 * minute);
}

TEST_CASE("hours past midnight belong to the next date") {
  const auto noumea = calendar("Pacific/Noumea", "2025-04-28");
  CHECK(noumea.at(noumea.start(), 29 * hour) == 29 * hour);
  CHECK(noumea.date_of(29 * hour) == parse_date("2025-04-29"));
  CHECK(noumea.at({noumea.start().days - 1}, 22 * hour) == -2 * hour);
  CHECK(noumea.text_with_offset(0) == "2025-04-28T00:00:00+11:00");
  CHECK(noumea.exact(0) == "2025-04-28T00:00:00.000000+11:00");
  CHECK(noumea.exact(7 * hour + 700'000) == "2025-04-28T07:00:00.700000+11:00");
  CHECK(noumea.exact(minute + 1) == "2025-04-28T00:01:00.000001+11:00");
}

TEST_CASE("a recorded time is read with or without seconds") {
  const auto utc = calendar("UTC", "2025-03-03");
  CHECK(utc.parse("2025-03-03T08:00") == 8 * hour);
  CHECK(utc.parse("2025-03-03 08:00:30") == 8 * hour + 30 * second);
  CHECK(utc.parse("2025-03-03T08:00:30.25") == 8 * hour + 30 * second + second / 4);
  for (const char* bad : {"2025-03-03", "2025-03-03 24:00", "2025-03-03 08:60", "2025-03-03 8:00",
                          "2025-03-03 08:00:", "x", "2025-03-03 08:00:30Z", "2025-03-03 08:00:30."}) {
    INFO(bad);
    CHECK_THROWS_AS(utc.parse(bad), std::invalid_argument);
  }
}

TEST_CASE("J+n counts worked days, neither holidays nor the weekend") {
  const auto may = calendar("Pacific/Noumea", "2025-04-28", {parse_date("2025-05-01")});
  CHECK(may.working_day_after(parse_date("2025-04-30"), 0) == parse_date("2025-04-30"));
  CHECK(may.working_day_after(parse_date("2025-04-30"), 1) == parse_date("2025-05-02"));
  CHECK(may.working_day_after(parse_date("2025-05-01"), 1) == parse_date("2025-05-05"));
  CHECK(may.working_day_after(parse_date("2025-05-03"), 0) == parse_date("2025-05-05"));
  CHECK(may.is_holiday(parse_date("2025-05-01")));
  CHECK_FALSE(may.is_working(parse_date("2025-05-04")));
}

TEST_CASE("only IANA names are zones") {
  CHECK(Calendar::zone_exists("Pacific/Noumea"));
  CHECK(Calendar::zone_exists("UTC"));
  for (const char* bad : {"Pacific/Noumee", "", "localtime", "/etc/localtime", "../../etc/passwd"}) {
    INFO(bad);
    CHECK_FALSE(Calendar::zone_exists(bad));
  }
}

}  // namespace
}  // namespace mailflow
