#include "centre/agenda.hpp"

#include <initializer_list>

namespace mailflow {

Agenda::Agenda(const NameOrder& names) : names_(names) {
  const auto go_by = [this](const std::vector<std::uint16_t>& places, std::initializer_list<EventKind> kinds) {
    for (const EventKind kind : kinds) places_[static_cast<std::size_t>(kind)] = &places;
  };
  go_by(names_.station_place.all(), {EventKind::hours});
  go_by(names_.server_place.all(), {EventKind::fail, EventKind::repair});
  go_by(names_.source_place.all(),
        {EventKind::backlog, EventKind::source, EventKind::vehicle_due, EventKind::vehicle, EventKind::rows});
  go_by(names_.team_place.all(),
        {EventKind::duty_start, EventKind::break_start, EventKind::duty_end, EventKind::leave});
  go_by(names_.departure_place.all(), {EventKind::departure});
  go_by(names_.agent_place.all(), {EventKind::agent_arrives, EventKind::break_end});
}

std::vector<Event> Agenda::withdraw(EventKind kind) {
  std::vector<Event> withdrawn;
  std::vector<Event> others;
  while (!calendar_.empty()) {
    const Event event = calendar_.take();
    (kind_of(event) == kind ? withdrawn : others).push_back(event);
  }
  calendar_ = EventCalendar();
  for (const Event& event : others) calendar_.schedule(event.at, event.rank(), event.index, event.token, event.place());
  return withdrawn;
}

}  // namespace mailflow
