// What manual stations and machines share: servers with a lot in hand, their pace, crew, set-ups, rejects, breakdowns.
#pragma once

#include "scenario/catalogue.hpp"
#include "scenario/kinds/station_language.hpp"

namespace mailflow {

/// Keys of both.
struct HandlingKeys {
  CatalogueKey service, passes, rejects, no_reads, set_up, queue;
};
HandlingKeys handling_keys();

/// `servers`: the key of their number.
void read_handling(Reading& reading, const Node& node, Station& station, const char* servers);

double least_handling(const Station& station);

}  // namespace mailflow
