#include "scenario/kinds/conveyor.hpp"

#include "scenario/catalogue_keys.hpp"

namespace mailflow {

CatalogueSection conveyor_section() {
  return {"stations.conveyor", "mail moves; any amount at once",
          std::vector<CatalogueKey>{kind_of(StationKind::conveyor),
                                    labelled("{fr: Tapis, en: Belt}"),
                                    {"takes", "distribution of durations", true, "", "how long it takes", "90 s"},
                                    next}};
}

}  // namespace mailflow
