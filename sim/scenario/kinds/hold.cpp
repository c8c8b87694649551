#include "scenario/kinds/hold.hpp"

#include "scenario/catalogue_keys.hpp"
#include "scenario/sections/value_reader.hpp"

namespace mailflow {

CatalogueSection hold_section() {
  return {"stations.hold", "a share of items is held (customs); the others pass at once",
          std::vector<CatalogueKey>{
              kind_of(StationKind::hold),
              labelled("{fr: Douane, en: Customs}"),
              {"share", "share", false, "100 %", "items held", "4 %"},
              {"takes", "distribution of durations", true, "", "how long each is held", "uniform(1 h, 30 h)"},
              open,
              next}};
}

void read_hold(Reading& reading, const Node& node, Station& station) {
  station.held_share = ValueReader(reading).share(node, "share", 1);
}

double held_out(const Station& station, double, double span) {
  return 1 - station.held_share + station.held_share * out_after(station.takes.mean(), span);
}

double least_hold(const Station& station) { return station.held_share < 1 ? 0 : station.takes.least(); }

}  // namespace mailflow
