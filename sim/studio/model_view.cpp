#include "studio/model_view.hpp"

#include "scenario/catalogue_spot.hpp"
#include "scenario/load.hpp"
#include "scenario/network/load_network.hpp"
#include "scenario/what_if.hpp"
#include "studio/drawing.hpp"

namespace mailflow::studio {

namespace {

const char* word_of_severity(Problem::Severity severity) {
  switch (severity) {
    case Problem::Severity::error:
      return "error";
    case Problem::Severity::warning:
      return "warning";
    case Problem::Severity::note:
      return "note";
  }
  return "";
}

Json label_of(const Node* label) {
  if (label == nullptr) return nullptr;
  if (label->is_scalar()) return {{"fr", label->text}, {"en", label->text}};
  const Node* fr = label->find("fr");
  const Node* en = label->find("en");
  if (fr == nullptr && en == nullptr) return nullptr;
  return {{"fr", (fr != nullptr ? fr : en)->text}, {"en", (en != nullptr ? en : fr)->text}};
}

/// All single values of a tree, in the order of the text.
class Values {
 public:
  explicit Values(const Node& root) { walk(root, top_spot(), "", nullptr); }
  Json found = Json::array();

 private:
  /// `of`: the label of the nearest thing around that has one.
  void walk(const Node& map, const Spot& spot, const std::string& before, const Json& of) {
    for (const Entry& each : map.entries) {
      const std::string path = before.empty() ? each.key : before + "." + each.key;
      const CatalogueKey* key = spot.section == nullptr ? nullptr : spot.section->find(each.key);
      if (each.value.is_scalar() && key != nullptr) add(spot, *key, path, each.value, of);
      if (!each.value.is_map()) continue;
      if (key != nullptr && !key->type.starts_with("section "))
        walk_within(spot, *key, path, each.value, of);
      else
        walk(each.value, spot_below(spot, each.key, each.value), path,
             each.value.find("label") != nullptr ? label_of(each.value.find("label")) : of);
    }
  }

  /// Of one key: items by product, agents by day.
  void walk_within(const Spot& spot, const CatalogueKey& key, const std::string& before, const Node& map,
                   const Json& of) {
    for (const Entry& each : map.entries)
      if (each.value.is_scalar()) add(spot, key, before + "." + each.key, each.value, of);
  }

  void add(const Spot& spot, const CatalogueKey& key, const std::string& path, const Node& value, const Json& of) {
    const Place& place = value.place;
    found.push_back({{"path", path},
                     {"key", spot.section->path.empty() ? key.name : spot.section->path + "." + key.name},
                     {"type", key.type},
                     {"value", value.text},
                     {"of", of},
                     {"file", place.file ? place.file->path : ""},
                     {"line", place.line},
                     {"column", place.column}});
  }
};

}  // namespace

std::string text_of(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

Json problems_json(const Problems& problems) {
  Json list = Json::array();
  for (const Problem& p : problems.sorted())
    list.push_back({{"severity", word_of_severity(p.severity)},
                    {"path", p.place.file ? Json(p.place.file->path) : Json(nullptr)},
                    {"line", p.place.line},
                    {"column", p.place.column},
                    {"message", p.message},
                    {"help", p.help}});
  return list;
}

Json model_view(const std::string& path, const LoadOptions& options) {
  Json view = {{"problems", Json::array()}, {"drawing", nullptr}, {"values", Json::array()}};
  Problems of_tree;
  const auto root = read_scenario_with(path, options, of_tree);
  if (root) view["values"] = Values(*root).found;
  Problems problems;
  if (root && root->find("network") != nullptr && root->find("centre") == nullptr)
    load_network(path, options, problems);
  else if (const auto model = load_model(path, options, problems))
    view["drawing"] = Json::parse(drawing_json(*model));
  view["problems"] = problems_json(problems);
  return view;
}

FileKind file_kind(const std::string& path, const std::string& text) {
  Problems ignored;
  const auto root = parse_yaml(path, text, ignored);
  if (!root || !root->is_map()) return {"other", nullptr, ""};
  const auto has = [&](const char* key) { return root->find(key) != nullptr; };
  FileKind found{"other", label_of(root->find("label")), ""};
  if (const Node* base = root->find("base"); base != nullptr) {
    found.kind = "what-if";
    if (base->is_scalar()) found.base = base->text;
  } else if (has("network") && !has("centre")) {
    found.kind = "network";
  } else if (has("centre")) {
    found.kind = "scenario";
  } else if (has("at") || has("situation")) {
    found.kind = "situation";
  } else if (has("rules")) {
    found.kind = "rules";
  }
  return found;
}

}  // namespace mailflow::studio
