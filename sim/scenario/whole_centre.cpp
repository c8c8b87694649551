#include "scenario/whole_centre.hpp"

#include "core/words.hpp"
#include "scenario/kinds/stations.hpp"
#include "scenario/roster/roster_section.hpp"
#include "scenario/sections/arrivals.hpp"
#include "scenario/sections/centre.hpp"
#include "scenario/sections/day_plan.hpp"
#include "scenario/sections/departures.hpp"
#include "scenario/sections/names.hpp"
#include "scenario/sections/plan.hpp"
#include "scenario/sections/products.hpp"
#include "scenario/sections/run.hpp"
#include "scenario/sections/staff.hpp"
#include "scenario/sections/targets.hpp"
#include "scenario/sections/value_reader.hpp"
#include "scenario/situation/situation.hpp"
#include "scenario/situation/span.hpp"

namespace mailflow {

void check_version(Reading& reading, const Node& root, const std::string& help) {
  if (const Node* version = root.find("mailflow");
      version != nullptr && (!version->is_scalar() || version->text != "1"))
    ValueReader(reading).bad(*version, "mailflow", "", tr("this program reads version 1 of the language"), help);
}

void read_run(Reading& reading) {
  read_span(reading);
  read_situation_span(reading);
  read_days(reading);
}

void read_sections(Reading& reading) {
  ValueReader values(reading);
  if (!reading.of_network && !values.check_section(reading.root, "", tr("the scenario"))) return;
  check_version(reading, reading.root, tr("write {}", "mailflow: 1"));
  reading.model.scenario = values.label(reading.root, "label");
  read_centre(reading);
  read_run(reading);
  if (!reading.calendar) return;
  if (!collect_names(reading)) return;
  read_products(reading);
  read_stations(reading);
  read_arrivals(reading);
  read_staff(reading);
  read_departures(reading);
  read_targets(reading);
  read_roster(reading);
  read_plan(reading);
  read_situation(reading);
  read_due_days(reading);
  read_day_plan(reading);
}

}  // namespace mailflow
