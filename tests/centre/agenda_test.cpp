// The agenda: what happens first of what is to happen at one instant (RULES.md, "Time").
#include "centre/agenda.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "centre/small_centre.hpp"

namespace mailflow::parts {
namespace {

/// Two of each element, of which the second comes first by name; two positions at each station, two agents in a team.
Model two_of_each() {
  Model m = model_of({place(StationKind::manual, "b"), place(StationKind::manual, "a")});
  for (Station& s : m.stations) s.servers = 2;
  m.sources.resize(2);
  m.sources[0].name = "b";
  m.sources[1].name = "a";
  m.teams.resize(2);
  m.teams[0].name = "b";
  m.teams[1].name = "a";
  for (Team& t : m.teams) t.agents = 2;
  m.departures.resize(2);
  m.departures[0].name = "b";
  m.departures[1].name = "a";
  return m;
}

std::vector<std::uint32_t> taken(Agenda& agenda) {
  std::vector<std::uint32_t> whom;
  while (!agenda.empty()) whom.push_back(agenda.take().index);
  return whom;
}

/// Of one instant and kind, scheduled about each from the first on.
template <class Of>
std::vector<std::uint32_t> in_turn(EventKind kind, int count) {
  Ground ground(two_of_each());
  for (int i = 0; i < count; ++i) ground.agenda.schedule(hour, kind, Index<Of>(i));
  return taken(ground.agenda);
}

TEST_CASE("Of one instant mail that waits is there first, then stations open, machines fail, mail comes and goes") {
  const std::vector<EventKind> in_order = {
      EventKind::situation,     EventKind::backlog,     EventKind::warm_up,     EventKind::hours,
      EventKind::fail,          EventKind::repair,      EventKind::phase_end,   EventKind::delay_end,
      EventKind::agent_arrives, EventKind::bag_goes,    EventKind::source,      EventKind::vehicle_due,
      EventKind::vehicle,       EventKind::rows,        EventKind::lot_arrives, EventKind::load_arrives,
      EventKind::duty_start,    EventKind::break_start, EventKind::break_end,   EventKind::duty_end,
      EventKind::leave,         EventKind::departure,   EventKind::review,      EventKind::hour_mark,
      EventKind::sample,        EventKind::end};
  Ground ground(two_of_each());
  for (auto kind = in_order.rbegin(); kind != in_order.rend(); ++kind) ground.agenda.schedule(hour, *kind);
  ground.agenda.schedule(hour - 1, EventKind::end);
  CHECK(kind_of(ground.agenda.take()) == EventKind::end);  // a tick earlier is earlier, whatever it is
  for (const EventKind kind : in_order) CHECK(kind_of(ground.agenda.take()) == kind);
  CHECK(ground.agenda.empty());
}

TEST_CASE("Of one instant and kind what is about a comes before what is about b") {
  using Turns = std::vector<std::uint32_t>;
  CHECK(in_turn<Station>(EventKind::hours, 2) == Turns{1, 0});
  for (const EventKind kind : {EventKind::fail, EventKind::repair})
    CHECK(in_turn<Server>(kind, 4) == Turns{2, 3, 0, 1});
  for (const EventKind kind :
       {EventKind::backlog, EventKind::source, EventKind::vehicle_due, EventKind::vehicle, EventKind::rows})
    CHECK(in_turn<Source>(kind, 2) == Turns{1, 0});
  for (const EventKind kind : {EventKind::duty_start, EventKind::break_start, EventKind::duty_end, EventKind::leave})
    CHECK(in_turn<Team>(kind, 2) == Turns{1, 0});
  CHECK(in_turn<Departure>(EventKind::departure, 2) == Turns{1, 0});
  for (const EventKind kind : {EventKind::agent_arrives, EventKind::break_end})
    CHECK(in_turn<Agent>(kind, 4) == Turns{2, 3, 0, 1});
}

TEST_CASE("What ends for mail at one instant goes by the name of its station, lots that come by that of their source") {
  Ground ground(two_of_each());
  ground.agenda.schedule_at(StationIndex(0), hour, EventKind::delay_end, LotIndex(10));
  ground.agenda.schedule_at(StationIndex(1), hour, EventKind::delay_end, LotIndex(11));
  ground.agenda.schedule_at(StationIndex(0), hour, EventKind::phase_end, ServerIndex(0), 5);
  ground.agenda.schedule_lot(hour, LotIndex(12), SourceIndex(0));
  ground.agenda.schedule_lot(hour, LotIndex(13), SourceIndex(1));
  const Event first = ground.agenda.take();
  CHECK(kind_of(first) == EventKind::phase_end);
  CHECK(about<Server>(first) == ServerIndex(0));
  CHECK(first.token == 5);
  CHECK(about<Lot>(ground.agenda.take()) == LotIndex(11));
  CHECK(about<Lot>(ground.agenda.take()) == LotIndex(10));
  const Event comes = ground.agenda.take();
  CHECK(kind_of(comes) == EventKind::lot_arrives);
  CHECK(about<Lot>(comes) == LotIndex(13));
  CHECK(SourceIndex(comes.token) == SourceIndex(1));
  CHECK(about<Lot>(ground.agenda.take()) == LotIndex(12));
}

TEST_CASE("What ends for two lots of a station at one instant ends in the order in which that was settled") {
  Ground ground(two_of_each());
  for (const int l : {7, 3, 5}) ground.agenda.schedule_at(StationIndex(0), hour, EventKind::delay_end, LotIndex(l));
  CHECK(taken(ground.agenda) == std::vector<std::uint32_t>{7, 3, 5});
}

TEST_CASE("The clock is where the last thing happened, and the window where it began") {
  Ground ground(two_of_each());
  CHECK(ground.agenda.now() == 0);
  ground.agenda.schedule(2 * hour, EventKind::review);
  ground.agenda.schedule(hour, EventKind::review);
  CHECK(ground.agenda.next().at == hour);
  CHECK(ground.agenda.now() == 0);
  ground.agenda.take();
  CHECK(ground.agenda.now() == hour);
  ground.agenda.begin_window();
  ground.agenda.take();
  CHECK(ground.agenda.now() == 2 * hour);
  CHECK(ground.agenda.window_from() == hour);
  ground.agenda.set_now(3 * hour);
  CHECK(ground.agenda.now() == 3 * hour);
}

TEST_CASE("What is withdrawn is given in its order and does not happen; all else happens as it would have") {
  Ground ground(two_of_each());
  ground.agenda.schedule(2 * hour, EventKind::source, SourceIndex(0), 20);
  ground.agenda.schedule(hour, EventKind::departure, DepartureIndex(0), 4);
  ground.agenda.schedule(2 * hour, EventKind::source, SourceIndex(1), 21);
  ground.agenda.schedule(hour, EventKind::departure, DepartureIndex(1), 5);
  ground.agenda.schedule(hour, EventKind::source, SourceIndex(0), 10);
  CHECK(ground.agenda.pending().size() == 5);
  std::vector<std::uint32_t> tokens;
  for (const Event& event : ground.agenda.withdraw(EventKind::source)) tokens.push_back(event.token);
  CHECK(tokens == std::vector<std::uint32_t>{10, 21, 20});  // by time, then by name of the source
  CHECK(ground.agenda.pending().size() == 2);
  CHECK(ground.agenda.now() == 0);
  const Event first = ground.agenda.take();
  CHECK(first.at == hour);
  CHECK(first.token == 5);
  CHECK(ground.agenda.take().token == 4);
  CHECK(ground.agenda.empty());
}

}  // namespace
}  // namespace mailflow::parts
