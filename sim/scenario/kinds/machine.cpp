#include "scenario/kinds/machine.hpp"

#include "scenario/catalogue_keys.hpp"

namespace mailflow {

CatalogueSection machine_section() {
  const HandlingKeys common = handling_keys();
  return {"stations.machine", "machines that handle mail one lot at a time",
          std::vector<CatalogueKey>{
              kind_of(StationKind::machine),
              labelled("{fr: Trieuse lettres, en: Letter sorter}"),
              {"machines", "whole number", false, "1", "alike, on one queue", "2"},
              {"rate", "rate", false, "", "of one machine", "30000 items/h"},
              common.service,
              {"crew", "section crew", false, "needs nobody", "agents it needs to run", "{skill: operator, needs: 2}"},
              common.passes,
              common.rejects,
              common.no_reads,
              common.set_up,
              {"breaks_down", "section breaks_down", false, "never", "breakdowns",
               "{every: exponential(20 h), for: 15 min}"},
              open,
              common.queue,
              next}};
}

void read_machine(Reading& reading, const Node& node, Station& station) {
  read_handling(reading, node, station, "machines");
}

}  // namespace mailflow
