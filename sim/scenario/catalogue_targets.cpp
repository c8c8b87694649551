// The table of the language, part: targets, by what they measure.
#include "core/enum_words.hpp"
#include "mail/model.hpp"
#include "scenario/catalogue_keys.hpp"

namespace mailflow {

namespace {

CatalogueKey measured(const std::string& one) {
  return {"measure", listed_words<Target::Measure>(), true, "", "what is judged", one};
}

}  // namespace

std::vector<CatalogueSection> target_sections() {
  using Keys = std::vector<CatalogueKey>;
  return {
      {"targets", "a target; its measure says which keys it has", Keys{measured("on time")}},
      {"targets.on time", "share of items that left on time",
       Keys{labelled("{fr: Lettres à temps, en: Letters on time}"),
            measured("on time"),
            {"of", "product", false, "all", "", "letter"},
            {"to", "destination", false, "all", "", "ducos"},
            {"by", "departure", false, "all", "", "lifou-flight"},
            least_bound("95 %"),
            most_bound("99.5 %")}},
      {"targets.throughput", "items an hour over the busiest hours",
       Keys{labelled("{fr: Cadence de la trieuse, en: Sorter pace}"),
            measured("throughput"),
            {"at", "station", true, "", "where", "letters"},
            {"over", "busiest n h", false, "busiest 1 h", "consecutive hours", "busiest 3 h"},
            least_bound("24000 items/h"),
            most_bound("30000 items/h")}},
      {"targets.left over", "items neither at a bay nor held, at a time of day; the worst day counts",
       Keys{labelled("{fr: Reste du matin, en: Left in the morning}"),
            measured("left over"),
            {"of", "product", false, "all", "", "letter"},
            {"at", "time of day", true, "", "when", "\"06:00\""},
            least_bound("100 items"),
            most_bound("500 items")}},
      {"targets.longest wait",
       "longest wait in a station's queue (at a bay, a hold, bags or a conveyor: longest time there), or longest time "
       "of a product in the centre",
       Keys{labelled("{fr: Attente au codage, en: Wait at coding}"),
            measured("longest wait"),
            {"at", "station", false, "", "", "coding"},
            {"of", "product", false, "all", "", "letter"},
            least_bound("1 min"),
            most_bound("4 h")}},
      {"targets.overtime", "hours of agents past their shifts' ends",
       Keys{labelled("{fr: Heures supplémentaires, en: Overtime}"),
            measured("overtime"),
            {"of", "team", false, "all", "", "night-sorting"},
            least_bound("1 h"),
            most_bound("20 h")}},
      {"targets.cost per item", "staff and transport by item that left",
       Keys{labelled("{fr: Coût par objet, en: Cost per item}"), measured("cost per item"), least_bound("10 XPF"),
            most_bound("30 XPF")}},
  };
}

}  // namespace mailflow
