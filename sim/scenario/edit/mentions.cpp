#include "scenario/edit/mentions.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "scenario/catalogue_spot.hpp"

namespace mailflow {
namespace {

using editing::Step;
using editing::Steps;
using syntax::nowhere;
using Kinds = std::set<std::string>;

/// What the elements of a section are called in the types of keys.
const std::map<std::string, Kinds> kinds_of_sections = {{"products", {"product"}},
                                                        {"destinations", {"destination"}},
                                                        {"stations", {"station"}},
                                                        {"sort_plans", {"sort plan"}},
                                                        {"arrivals", {"source"}},
                                                        {"staff.shifts", {"shift"}},
                                                        {"staff.teams", {"team"}},
                                                        {"transport.departures", {"departure"}},
                                                        {"targets", {"target"}},
                                                        {"centres", {"centre", "destination"}},
                                                        {"centre_kinds", {"kind of centre"}}};
/// Keys whose values, or the items of whose lists, are names.
const std::map<std::string, Kinds> kinds_of_values = {{"station", {"station"}},
                                                      {"list of stations", {"station"}},
                                                      {"bay, or list of bays", {"station"}},
                                                      {"product", {"product"}},
                                                      {"product or sort plan", {"product", "sort plan"}},
                                                      {"destination", {"destination"}},
                                                      {"list of destinations, or all", {"destination"}},
                                                      {"departure", {"departure"}},
                                                      {"list of departures", {"departure"}},
                                                      {"team", {"team"}},
                                                      {"list of teams", {"team"}},
                                                      {"shift", {"shift"}},
                                                      {"shift, or list of shifts", {"shift"}},
                                                      {"list of shifts", {"shift"}},
                                                      {"list of shifts, or all", {"shift"}},
                                                      {"list of targets", {"target"}},
                                                      {"centre", {"centre"}},
                                                      {"kind of centre", {"kind of centre"}}};
/// Keys whose values end in a name.
const std::map<std::string, Kinds> kinds_of_ends = {{"dates and shifts", {"shift"}},
                                                    {"dates or days, and off or a shift", {"shift"}}};
/// Keys whose maps have names as their keys.
const std::map<std::string, Kinds> kinds_of_keys = {{"shares of products", {"product"}},
                                                    {"items by product", {"product"}},
                                                    {"distributions by product", {"product"}},
                                                    {"numbers by station", {"station"}},
                                                    {"section plan.teams, by name", {"team"}},
                                                    {"section situation.teams, by name", {"team"}},
                                                    {"section situation.stations, by name", {"station"}},
                                                    {"section situation.departures, by name", {"departure"}},
                                                    {"section situation.arrivals, by name", {"source"}}};

bool is_share_of(const Node& node) { return node.is_scalar() && node.text.ends_with('%'); }

class Finder {
 public:
  Finder(std::string name, Kinds kinds, const Node* products) : name_(std::move(name)), kinds_(std::move(kinds)) {
    for (const std::string& each : products == nullptr ? std::vector<std::string>{} : products->keys())
      products_.insert(each);
  }

  std::vector<Mention> found;

  void search(const Node& node, const Spot& spot, const Steps& start) {
    steps_ = start;
    map(node, spot);
  }

 private:
  bool is(const Kinds& kinds) const {
    return std::any_of(kinds.begin(), kinds.end(), [this](const std::string& kind) { return kinds_.contains(kind); });
  }
  template <class Body>
  void within(Step step, const Body& body) {
    steps_.push_back(std::move(step));
    body();
    steps_.pop_back();
  }
  void map(const Node& node, const Spot& spot) {
    if (!node.is_map()) return;
    const bool sort_plan = spot.section != nullptr && spot.section->path == "sort_plans";
    if (sort_plan && is({"destination"})) key(node);
    for (const Entry& e : node.entries) {
      const CatalogueKey* known = spot.section == nullptr ? nullptr : spot.section->find(e.key);
      within({e.key, nowhere}, [&] {
        if (known != nullptr) typed(e.value, known->type);
        map(e.value, spot_below(spot, e.key, e.value));
      });
    }
  }
  void typed(const Node& node, const std::string& type) {
    const auto asked = [&](const std::map<std::string, Kinds>& table) {
      const auto kinds = table.find(type);
      return kinds != table.end() && is(kinds->second);
    };
    constexpr std::string_view listed = "list of section ";
    if (asked(kinds_of_values)) value(node, false);
    if (asked(kinds_of_ends)) value(node, true);
    if (asked(kinds_of_keys)) key(node);
    if (type == "where to") way(node);
    if (type == "shares of destinations") shares(node);
    if (!type.starts_with(listed)) return;
    const std::string section = type.substr(listed.size(), type.find(',') - listed.size());
    for (std::size_t i = 0; i < node.items.size(); ++i)
      within({"", i}, [&] { map(node.items[i], {section_or_null(section), {}}); });
  }
  void key(const Node& node) {
    if (node.is_map() && node.find(name_) != nullptr) found.push_back({steps_, true, ""});
  }
  void value(const Node& node, bool at_end) {
    for (std::size_t i = 0; i < node.items.size(); ++i) within({"", i}, [&] { value(node.items[i], at_end); });
    if (!node.is_scalar()) return;
    if (node.text == name_)
      found.push_back({steps_, false, ""});
    else if (at_end && node.text.ends_with(" " + name_))
      found.push_back({steps_, false, node.text.substr(0, node.text.size() - name_.size())});
  }
  /// {ducos: 70 %, lifou: 30 %}, or that by product.
  void shares(const Node& node) {
    if (!node.is_map()) return;
    for (const Entry& e : node.entries) {
      if (e.key == name_ && is({e.value.is_map() ? "product" : "destination"})) found.push_back({steps_, true, ""});
      within({e.key, nowhere}, [&] { shares(e.value); });
    }
  }
  /// Where mail goes: a station, shares of stations, a map by product or destination, or a sort plan.
  void way(const Node& node) {
    if (is({"station"}) && node.is_scalar()) value(node, false);
    if (!node.is_map()) return;
    const std::string kind = kind_of_keys(node);
    for (const Entry& e : node.entries) {
      if (e.key == name_ && e.key != "sort_plan" && is({kind})) found.push_back({steps_, true, ""});
      within({e.key, nowhere}, [&] {
        if (e.key != "sort_plan")
          way(e.value);
        else if (is({"sort plan"}))
          value(e.value, false);
      });
    }
  }
  std::string kind_of_keys(const Node& node) const {
    const auto all = [&node](const auto& asked) {
      return std::all_of(node.entries.begin(), node.entries.end(), asked);
    };
    if (all([](const Entry& e) { return is_share_of(e.value); })) return "station";
    const bool by_product = all([&](const Entry& e) { return e.key == "other" || products_.contains(e.key); });
    return by_product ? "product" : "destination";
  }

  std::string name_;
  Kinds kinds_;
  std::set<std::string> products_;
  Steps steps_;
};

std::string joined_keys(const Steps& steps, std::size_t from) {
  std::string text;
  for (std::size_t i = from; i < steps.size(); ++i) text += (text.empty() ? "" : ".") + steps[i].key;
  return text;
}

}  // namespace

std::vector<Mention> mentions_of(const Node& root, const Steps& section, const std::string& name) {
  const bool network = root.find("network") != nullptr && root.find("centre") == nullptr;
  const bool in_kind = network && section.size() > 2 && section[0].key == "centre_kinds";
  const auto kinds = kinds_of_sections.find(joined_keys(section, in_kind ? 2 : 0));
  if (kinds == kinds_of_sections.end()) return {};
  Finder finder(name, kinds->second, root.find("products"));
  if (!in_kind) {
    finder.search(root, network ? Spot{section_or_null("network-scenario"), {}} : top_spot(), {});
  } else if (const Node* kind = root.find("centre_kinds")->find(section[1].key)) {
    finder.search(*kind, {section_or_null("centre_kinds"), {}}, {section[0], section[1]});
  }
  return std::move(finder.found);
}

}  // namespace mailflow
