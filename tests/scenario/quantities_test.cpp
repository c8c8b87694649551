// Quantities, civil times and laws: what is read, and what is refused.
#include "scenario/values/quantities.hpp"

#include <catch2/catch.hpp>

#include "scenario/values/civil.hpp"
#include "scenario/values/laws.hpp"

namespace mailflow {
namespace {

TEST_CASE("a quantity is read in its unit") {
  Failure why;
  CHECK(parse_duration("15 min", Least::zero, why) == 15 * minute);
  CHECK(parse_duration("2weeks", Least::zero, why) == 14 * day);
  CHECK(parse_duration("0.5 us", Least::zero, why) == 1);
  CHECK(parse_duration("4 h 30 min", Least::zero, why) == 270 * minute);
  CHECK(parse_duration("1h30min", Least::zero, why) == 90 * minute);
  CHECK(parse_duration("3 d", Least::zero, why) == 3 * day);
  CHECK(parse_duration("1 day 2 h 3 min", Least::zero, why) == 26 * hour + 3 * minute);
  CHECK(*parse_rate("3600 items/h per agent", Least::zero, why) == Approx(1e-6));
  CHECK(*parse_share("6.5 %", 1, why) == Approx(0.065));
  CHECK(*parse_weight("20 g", why) == Approx(0.02));
  CHECK(*parse_money("2300 XPF/h", "XPF", true, why) == 2300);
  CHECK(parse_count("250 items", 1, 1000, false, why) == 250);
  CHECK(parse_amount("90.5", why) == 90.5);
  CHECK(parse_amount("250 items", why) == 250);
}

TEST_CASE("what is no quantity, negative, endless or without its unit is refused") {
  Failure why;
  for (const char* bad : {"", "15", "-1 min", "1e5 s", "nan s", "inf h", "0x10 s", "1,5 h", "1 000 s", "101 years",
                          "99999999 weeks", "30 min 4 h", "4 h 30", "1 h 60 min"}) {
    INFO(bad);
    CHECK_FALSE(parse_duration(bad, Least::zero, why));
    CHECK_FALSE(why.must.empty());
  }
}

TEST_CASE("hours may go across midnight, and days around the week's end") {
  Failure why;
  const auto night = parse_hours("22:00-05:48", why);
  REQUIRE(night);
  CHECK(night->to == 29 * hour + 48 * minute);
  CHECK(parse_days("Sun-Thu", why)->weekdays == 0b1001111U);
  CHECK(parse_days("Mon, Wed, Fri", why)->weekdays == 0b0010101U);
  CHECK(parse_days("Mon-Fri not on holidays", why)->not_on_holidays);
  CHECK_FALSE(parse_hours("08:00-08:00", why));
  CHECK_FALSE(parse_time_of_day("24:01", why));
}

TEST_CASE("a law is read with or without the names of its parameters, in any order with them") {
  Failure why;
  const NumberFile none;
  for (const char* text :
       {"lognormal(15 min, 10 min)", "lognormal(mean 15 min, sd 10 min)", "lognormal(sd 10 min, mean 15 min)"}) {
    INFO(text);
    const auto law = parse_law(text, Drawn::duration, none, why);
    REQUIRE(law);
    CHECK(law->a == static_cast<double>(15 * minute));
    CHECK(law->b == static_cast<double>(10 * minute));
  }
  const auto list = parse_law("empirical(10 min: 30 %, 1 h: 70 %)", Drawn::duration, none, why);
  REQUIRE(list);
  CHECK(list->mean() == Approx(45.0 * static_cast<double>(minute)));
  CHECK(parse_service("30 min per lot", none, why)->per_lot);
  CHECK(parse_law("normal(mean 5200, sd 600)", Drawn::items, none, why)->a == 5200);
}

}  // namespace
}  // namespace mailflow
