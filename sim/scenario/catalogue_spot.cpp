#include "scenario/catalogue_spot.hpp"

#include <algorithm>

namespace mailflow {

const CatalogueSection* section_or_null(const std::string& path) {
  const auto& all = catalogue();
  const auto found =
      std::find_if(all.begin(), all.end(), [&path](const CatalogueSection& s) { return s.path == path; });
  return found == all.end() ? nullptr : &*found;
}

const CatalogueSection* element_section(const std::string& path, const Node* element) {
  if (element == nullptr || !element->is_map()) return section_or_null(path);
  const Node* kind = element->find(path == "stations" ? "kind" : path == "targets" ? "measure" : "");
  if (kind != nullptr && kind->is_scalar()) return section_or_null(path + "." + kind->text);
  if (path != "arrivals") return section_or_null(path);
  for (const char* way : {"at", "rate", "every", "replay", "waiting_at_start"})
    if (element->find(way) != nullptr) return section_or_null(path + "." + way);
  return nullptr;
}

Spot top_spot() { return {section_or_null(""), {}}; }

Spot spot_below(const Spot& spot, const std::string& key, const Node& value) {
  if (!spot.elements.empty()) return {element_section(spot.elements, &value), {}};
  const CatalogueKey* known = spot.section == nullptr ? nullptr : spot.section->find(key);
  if (known == nullptr || !known->type.starts_with("section ")) return {};
  const std::string name = known->type.substr(8, known->type.find(',') - 8);
  if (known->type.find(", by n") != std::string::npos) return {nullptr, name};  // by name, by number
  return {section_or_null(name), {}};
}

}  // namespace mailflow
