// How a machine's time is used, worked out by hand.
#include "metrics/oee.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace mailflow;

namespace {

/// 20 machine-hours: 8 at work, 2 without mail, 1 set up, 1 down, 3 without a crew (of these 2 with none on duty and
/// 0.5 with no mail), 1 blocked, 4 closed. So 16 open, 14 planned, 2.5 without mail, 11.5 required.
StationResult twenty_hours() {
  StationResult r;
  const auto set = [&r](ServerState state, double hours) {
    r.state[static_cast<std::size_t>(state)] = static_cast<Ticks>(hours * static_cast<double>(hour));
  };
  set(ServerState::busy, 8);
  set(ServerState::idle, 2);
  set(ServerState::set_up, 1);
  set(ServerState::down, 1);
  set(ServerState::unstaffed, 3);
  set(ServerState::blocked, 1);
  set(ServerState::closed, 4);
  r.not_rostered[static_cast<std::size_t>(ServerState::unstaffed)] = 2 * hour;
  r.unstaffed_without_mail = hour / 2;
  r.items_out = 2000;
  r.lots_out = 100;
  r.items_diverted = 100;
  return r;
}

}  // namespace

TEST_CASE("A machine's hours and its shares of them are those of its states") {
  Station machine;
  machine.kind = StationKind::machine;
  machine.service = {Law::exponential, 6.0 * minute, 0, 0, {}, {}};
  machine.service_per_lot = true;  // lots of 20 in the mean, 6 minutes each: 200 items an hour
  const Oee o = oee_of(machine, twenty_hours());
  CHECK(o.opening_hours == 16);
  CHECK(o.planned_hours == 14);
  CHECK(o.not_rostered_hours == 2);
  CHECK(o.without_mail_hours == 2.5);
  CHECK(o.required_hours == 11.5);
  CHECK(o.nominal_items_per_hour == Approx(200));
  CHECK(o.availability == Approx(8 / 11.5));
  CHECK(o.performance == Approx(2000.0 / 8 / 200));
  CHECK(o.quality == Approx(1900.0 / 2000));
  CHECK(o.oee == Approx(8 / 11.5 * 1.25 * 0.95));
  CHECK(o.load == Approx(11.5 / 16));
  CHECK(o.ooe == Approx(8.0 / 16 * 1.25 * 0.95));
  CHECK(std::isnan(o.items_per_agent_hour));
  machine.service_per_lot = false;  // 6 minutes an item: 10 an hour
  CHECK(oee_of(machine, twenty_hours()).nominal_items_per_hour == Approx(10));
  machine.items_per_tick = 250.0 / static_cast<double>(hour);
  CHECK(oee_of(machine, twenty_hours()).nominal_items_per_hour == Approx(250));
  CHECK(oee_of(machine, twenty_hours()).performance == 1);
}

TEST_CASE("At a manual station items are set against the hours of those who stand there") {
  Station desk;
  desk.kind = StationKind::manual;
  desk.crew = 1;
  const Oee o = oee_of(desk, twenty_hours());
  CHECK(o.items_per_agent_hour == Approx(2000.0 / (8 + 2 + 1 + 1)));
  CHECK(std::isnan(o.oee));
  Station bay;
  bay.kind = StationKind::bay;
  CHECK(std::isnan(oee_of(bay, twenty_hours()).opening_hours));
}
