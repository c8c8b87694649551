#include "scenario/kinds/manual.hpp"

#include "scenario/catalogue_keys.hpp"

namespace mailflow {

CatalogueSection manual_section() {
  const HandlingKeys common = handling_keys();
  return {"stations.manual", "positions where agents (or nobody: no skill) handle mail one lot at a time",
          std::vector<CatalogueKey>{
              kind_of(StationKind::manual),
              labelled("{fr: Relevage, en: Culling}"),
              {"skill", "skill", false, "needs nobody", "what an agent must be able to do", "sorting"},
              {"positions", "whole number", false, "1", "agents who can work at once", "6"},
              {"rate", "rate", false, "", "of one agent at proficiency 100 %", "2500 items/h per agent"},
              common.service,
              common.passes,
              common.rejects,
              common.no_reads,
              common.set_up,
              open,
              common.queue,
              next}};
}

void read_manual(Reading& reading, const Node& node, Station& station) {
  read_handling(reading, node, station, "positions");
}

}  // namespace mailflow
