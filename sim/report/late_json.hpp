// What a report's page holds of late items (journal.late and the journeys; sim/studio/web/src/journal.ts).
#pragma once

#include <nlohmann/json.hpp>

#include "report/run_record.hpp"

namespace mailflow {

nlohmann::ordered_json journey_json(const Model& model, const Calendar& calendar, const Journey& j);
nlohmann::ordered_json late_json(const Model& model, const Calendar& calendar, const RunRecord& record);

}  // namespace mailflow
