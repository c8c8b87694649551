#include "scenario/kinds/bay.hpp"

#include "scenario/catalogue_keys.hpp"

namespace mailflow {

CatalogueSection bay_section() {
  return {"stations.bay", "mail waits for a departure",
          std::vector<CatalogueKey>{kind_of(StationKind::bay), labelled("{fr: Quai, en: Bay}"),
                                    queue_of("{order: earliest due}")}};
}

}  // namespace mailflow
