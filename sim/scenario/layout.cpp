#include "scenario/layout.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/words.hpp"
#include "scenario/catalogue_spot.hpp"
#include "scenario/values/first_words.hpp"

namespace mailflow {
namespace {

bool begins_its_line(const Entry& entry) {
  const Place& place = entry.place;
  if (place.file == nullptr || place.line < 1 || place.column < 1) return false;
  const std::string_view line = place.file->lines[static_cast<std::size_t>(place.line) - 1];
  return line.find_first_not_of(' ') + 1 == static_cast<std::size_t>(place.column);
}

bool is_section_key(const CatalogueSection* section, const std::string& key) {
  const CatalogueKey* known = section == nullptr ? nullptr : section->find(key);
  return known != nullptr && known->type.starts_with("section ");
}

class Layout {
 public:
  explicit Layout(Problems& problems) : problems_(problems) {}

  bool told = false;

  void check(const Node& map, const Spot& spot, bool top) {
    if (!map.is_map()) return;
    for (std::size_t i = 0; i < map.entries.size(); ++i) {
      const Entry& e = map.entries[i];
      const bool known = spot.section == nullptr || spot.section->find(e.key) != nullptr;
      const bool alone = !spot.elements.empty() && e.value.is_null();
      if (!top && (!known || alone) && is_section_of_scenario(e, spot)) return;  // the rest follows
      if (!known && i > 0 && stands_beside(map.entries[i - 1], e, spot)) return;
      const bool no_element = !spot.elements.empty() && e.value.is_scalar();
      if ((!known || no_element) && i > 0 && stands_left(map.entries[i - 1], e, spot)) return;
      check(e.value, spot_below(spot, e.key, e.value), false);
    }
  }

 private:
  bool is_section_of_scenario(const Entry& e, const Spot& spot) {
    if (!is_section_key(top_spot().section, e.key) || !begins_its_line(e)) return false;
    if (spot.elements == "products" || spot.elements == "destinations") return false;  // these may be names alone
    return tell(e, tr("\"{}\" stands too far right: it is a section of the scenario", e.key),
                tr("begin its line at column 1"));
  }
  bool stands_beside(const Entry& before, const Entry& e, const Spot& spot) {
    if (!before.value.is_null() || !is_section_key(spot.section, before.key)) return false;
    if (!begins_its_line(e) || before.place.column != e.place.column) return false;
    return tell(e, tr("\"{}\" stands beside {}, not in it", e.key, before.key),
                tr("indent it, and what belongs to it, further than {}", before.key));
  }
  static bool is_meant(const std::string& key, const Spot& spot) {
    if (spot.section == nullptr) return false;
    const std::vector<std::string> words = keys_meant(key);
    return !nearest(key, spot.section->names()).empty() ||
           std::any_of(words.begin(), words.end(), [&](const auto& w) { return spot.section->find(w) != nullptr; });
  }
  /// Whether a map has a key of what might stand there.
  static bool is_like(const Node& map, const Spot& spot) {
    return map.is_map() && spot.section != nullptr &&
           std::any_of(map.entries.begin(), map.entries.end(),
                       [&](const Entry& e) { return spot.section->find(e.key) != nullptr; });
  }
  /// Of the maps that the entry before ends with, the one that this entry belongs to.
  bool stands_left(const Entry& before, const Entry& e, const Spot& spot) {
    if (!begins_its_line(e) || is_meant(e.key, spot)) return false;
    const Node* map = &before.value;
    std::string name = before.key;
    Spot inside = spot_below(spot, before.key, before.value);
    while (map->is_map() && !map->entries.empty() && begins_its_line(map->entries[0])) {
      const bool element = !inside.elements.empty() && is_like(e.value, spot_below(inside, e.key, e.value));
      const bool key = inside.section != nullptr && inside.section->find(e.key) != nullptr;
      if (element || (key && map->find(e.key) == nullptr))
        return tell(e, tr("\"{}\" stands too far left to belong to {}", e.key, name),
                    tr("begin it at column {}, as what else belongs to {}", map->entries[0].place.column, name));
      const Entry& last = map->entries.back();
      inside = spot_below(inside, last.key, last.value);
      name = last.key;
      map = &last.value;
    }
    return false;
  }
  bool tell(const Entry& e, std::string message, std::string help) {
    problems_.error(e.place, std::move(message), std::move(help));
    told = true;
    return true;
  }

  Problems& problems_;
};

}  // namespace

bool tell_layout(const Node& root, Problems& problems) {
  Layout layout(problems);
  layout.check(root, top_spot(), true);
  return layout.told;
}

}  // namespace mailflow
