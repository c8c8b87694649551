// Values as all JSON files write them.
#pragma once

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>

#include "mail/model.hpp"

namespace mailflow {

/// null where it is no number, or infinite.
inline nlohmann::ordered_json json_number(double value) {
  return std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json(nullptr);
}

/// In both languages; the name of what it is of where it has no label.
inline nlohmann::ordered_json json_label(const Label& l, const std::string& name) {
  return {{"fr", l.fr.empty() ? name : l.fr}, {"en", l.en.empty() ? name : l.en}};
}

}  // namespace mailflow
