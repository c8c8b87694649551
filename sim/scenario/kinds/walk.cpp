#include "scenario/kinds/walk.hpp"

#include "scenario/catalogue_keys.hpp"

namespace mailflow {

CatalogueSection walk_section() {
  return {"stations.walk", "mail is carried; any amount at once",
          std::vector<CatalogueKey>{
              kind_of(StationKind::walk),
              labelled("{fr: Trajet, en: Walk}"),
              {"takes", "distribution of durations", true, "", "how long it takes", "uniform(1 min, 3 min)"},
              next}};
}

}  // namespace mailflow
