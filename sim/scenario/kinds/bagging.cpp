#include "scenario/kinds/bagging.hpp"

#include "scenario/catalogue_keys.hpp"
#include "scenario/sections/value_reader.hpp"

namespace mailflow {

CatalogueSection bagging_section() {
  return {"stations.bagging", "gathers items by product and destination",
          std::vector<CatalogueKey>{kind_of(StationKind::bagging),
                                    labelled("{fr: Ensachage, en: Bagging}"),
                                    {"items", "items", true, "", "a full bag", "500 items"},
                                    {"at_most", "duration", false, "until full",
                                     "a part-filled bag goes this long after its first item", "2 h"},
                                    next}};
}

void read_bagging(Reading& reading, const Node& node, Station& station) {
  ValueReader values(reading);
  station.bag_at_most = values.duration(node, "at_most", never);
  if (const Node* full = node.find("items"))
    station.bag_items = static_cast<int>(values.items(*full, "items", 1, 1'000'000, "items: 500 items").value_or(1));
}

double bagged_out(const Station& station, double items, double span) {
  if (station.bag_at_most != never) return out_after(static_cast<double>(station.bag_at_most), span);
  return items <= station.bag_items ? 0 : 1 - station.bag_items / items;
}

int bag_of(const Station& station) { return station.bag_items; }

}  // namespace mailflow
