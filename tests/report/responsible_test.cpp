// Who answers for a late lot, by hand. It is due at noon; a van leaves at 11:00, closing at 10:30, and another at
// 14:00.
#include "report/responsible.hpp"

#include <catch2/catch.hpp>

using namespace mailflow;

namespace {

Model centre() {
  Model model;
  model.products.resize(1);
  model.destinations.resize(1);
  Departure van;
  van.serves = {true};
  van.at = {11 * hour, 14 * hour};
  van.closes_before = 30 * minute;
  model.departures.push_back(van);
  Source lorry;
  lorry.into = 0;
  lorry.at = {8 * hour};
  lorry.items.push_back(Distribution::fixed(10));
  model.sources.push_back(lorry);
  return model;
}

/// Came at 08:00, ready at 11:30, an hour after the closing; left with the van of 14:00.
LateStay stay() {
  LateStay s;
  s.late.product = 0;
  s.late.destination = 0;
  s.late.due = 12 * hour;
  s.late.at = 14 * hour;
  s.arrived = 8 * hour;
  s.into = 0;
  s.ready = 11 * hour + 30 * minute;
  s.handled = 30 * minute;
  return s;
}

}  // namespace

TEST_CASE("what lay in the centre's hands is its sorting's") {
  CHECK(responsible_for(centre(), stay()) == Responsible::sorting);
}

TEST_CASE("what no departure keeps in time is the timetable's") {
  LateStay s = stay();
  s.arrived = 10 * hour + 31 * minute;  // after the last closing that would do
  CHECK(responsible_for(centre(), s) == Responsible::timetable);
  s = stay();
  s.handled = 3 * hour;  // in hand until 11:00 without a wait
  CHECK(responsible_for(centre(), s) == Responsible::timetable);
}

TEST_CASE("a late vehicle answers where it came later than the lot was ready too late") {
  LateStay s = stay();
  s.arrived = 9 * hour;  // an hour after its time
  CHECK(responsible_for(centre(), s) == Responsible::inbound);
  s.ready += minute;
  CHECK(responsible_for(centre(), s) == Responsible::sorting);
  Model model = centre();
  model.sources.push_back(model.sources[0]);
  model.sources[1].kind = Source::Kind::rate;  // which may have brought it as well
  s.ready -= minute;
  CHECK(responsible_for(model, s) == Responsible::sorting);
}

TEST_CASE("customs and want of room answer for as much as they held the lot") {
  LateStay s = stay();
  s.customs = hour;
  CHECK(responsible_for(centre(), s) == Responsible::customs);
  s.customs = 50 * minute;
  CHECK(responsible_for(centre(), s) == Responsible::sorting);
  s.arrived += 10 * minute;  // both together
  CHECK(responsible_for(centre(), s) == Responsible::customs);
  s = stay();
  s.ready = 10 * hour;
  s.no_room = hour;
  CHECK(responsible_for(centre(), s) == Responsible::room);
}

TEST_CASE("without departures a lot is to be ready by its due instant") {
  Model model = centre();
  model.departures.clear();
  LateStay s = stay();
  s.ready = s.late.at = 13 * hour;
  CHECK(responsible_for(model, s) == Responsible::sorting);
  s.customs = hour;
  CHECK(responsible_for(model, s) == Responsible::customs);
}
