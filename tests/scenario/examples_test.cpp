// Every example of the reference, section by section, in the scenario that has every key: each is put where a planner
// would write it, in an element of its own section and variant, and the whole is read as any scenario is.
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <set>

#include "scenario/catalogue.hpp"
#include "scenario/load.hpp"
#include "scenario/network/load_network.hpp"
#include "scenario/words/write_yaml.hpp"
#include "scenario/yaml/document.hpp"

namespace mailflow {
namespace {

namespace fs = std::filesystem;
using PathOfKeys = std::vector<std::string>;  // "#2": the third of a list

/// Of "section staff.teams, by name" the section; empty: the key holds none.
std::string section_in(const std::string& type) {
  const auto at = type.find("section ");
  if (at == std::string::npos) return "";
  const std::string rest = type.substr(at + 8);
  return rest.substr(0, rest.find(','));
}
bool by_name(const std::string& type) {
  return type.find(", by name") != std::string::npos || type.find(", by number") != std::string::npos;
}

const CatalogueSection* section_if_any(const std::string& path) {
  for (const CatalogueSection& s : catalogue())
    if (s.path == path) return &s;
  return nullptr;
}

/// The variant that an element is: stations by their kind, targets by their measure, arrivals by the key that says so.
std::string variant_of(const std::string& section, const Node& element) {
  for (const char* key : {"kind", "measure"})
    if (const Node* said = element.find(key); said != nullptr && section_if_any(section + "." + said->text) != nullptr)
      return section + "." + said->text;
  for (const Entry& e : element.entries)
    if (section == "arrivals" && section_if_any(section + "." + e.key) != nullptr) return section + "." + e.key;
  return section;
}

/// A reference file taken apart: where the elements of each section stand.
struct Reference {
  std::string file;  ///< in the folder of references
  Node root;
  std::map<std::string, std::vector<PathOfKeys>> elements;

  void find_in(const Node& node, const std::string& named, const PathOfKeys& path) {
    const std::string section_path = variant_of(named, node);
    elements[section_path].push_back(path);
    if (section_path != named) elements[named].push_back(path);
    const CatalogueSection* held = section_if_any(section_path);
    if (held == nullptr) return;
    for (const CatalogueKey& key : held->keys) {
      const Node* child = node.find(key.name);
      const std::string below = section_in(key.type);
      if (child == nullptr || below.empty()) continue;
      PathOfKeys to = path;
      to.push_back(key.name);
      if (child->is_map() && !by_name(key.type)) find_in(*child, below, to);
      for (const Entry& e : child->entries) {
        if (!by_name(key.type) || !e.value.is_map()) continue;
        to.push_back(e.key);
        find_in(e.value, below, to);
        to.pop_back();
      }
      for (std::size_t i = 0; i < child->items.size(); ++i) {
        if (!child->items[i].is_map()) continue;
        to.push_back("#" + std::to_string(i));
        find_in(child->items[i], below, to);
        to.pop_back();
      }
    }
  }
};

Node& node_at(Node& root, const PathOfKeys& path) {
  Node* node = &root;
  for (const std::string& key : path)
    node = key[0] == '#' ? &node->items[std::stoul(key.substr(1))] : &node->entry(key)->value;
  return *node;
}

void put_value(Node& map, const std::string& key, const Node& value) {
  if (Entry* there = map.entry(key))
    there->value = value;
  else
    map.entries.push_back({key, map.place, value});
}

/// Writes an example where it belongs; of a section that is there already, key by key, and name by name.
void put_example(Node& host, const CatalogueKey& key, const Node& value) {
  Entry* there = host.entry(key.name);
  const std::string held = section_in(key.type);
  const CatalogueSection* below = held.empty() ? nullptr : section_if_any(held);
  if (there == nullptr || below == nullptr || !value.is_map() || !there->value.is_map())
    return put_value(host, key.name, value);
  for (const Entry& e : value.entries) {
    const CatalogueKey* inner = below->find(e.key);
    if (by_name(key.type) || inner == nullptr)
      put_value(there->value, e.key, e.value);
    else
      put_example(there->value, *inner, e.value);
  }
}

/// A copy of scenarios/reference with the files that examples name.
class Folder {
 public:
  Folder() {
    const std::string name = "mailflow-examples-" + std::to_string(::getpid());
    top_ = fs::temp_directory_path() / name;
    fs::create_directories(top_ / "data" / "sorting-centres");
    fs::copy(MAILFLOW_SOURCE_DIR "/scenarios/reference", top_, fs::copy_options::recursive);
    fs::create_directories(top_ / "rules");
    fs::copy(MAILFLOW_SOURCE_DIR "/models/rules/new-caledonia.yaml", top_ / "rules");
    put("every-key.yaml", with_two_passes(text_of("every-key.yaml")));
    put("today.yaml", text_of("every-key.yaml"));
    put("agents.csv", "name,team\nAwa,evening-sorting\n");
    put("plan.csv", "date,shift,agents,team\n2025-05-05,night,2,night-sorting\n");
    put("last-month.csv", "name,date,shift\nAwa,2025-05-02,evening\n");
    put("flows.csv", "from,to,items_per_day,product\nducos,kone,100,letter\n");
    put("data/sorting-centres/hourly.csv", "centre,hour_starting,items\nducos,2025-03-03 08:00,100\n");
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(top_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string path(const std::string& name) const { return (top_ / name).string(); }
  std::string text_of(const std::string& name) const {
    std::ifstream in(path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void put(const std::string& name, const std::string& text) const { std::ofstream(path(name)) << text; }

  Reference reference(const std::string& file, const std::string& root) const {
    Problems problems;
    const auto read = parse_yaml(file, text_of(file), problems);
    INFO(file << problems.text());
    REQUIRE(read);
    Reference r{file, *read, {}};
    r.find_in(r.root, root, {});
    return r;
  }

  /// What is said of a reference with another text; empty: it is right.
  std::string said_of(const std::string& file, const Node& root) const {
    const std::string before = text_of(file);
    std::string text;
    for (const Entry& e : root.entries) text += yaml_entry(e.key, e.value, 0);
    put(file, text);
    Problems problems;
    LoadOptions options;
    options.data_dir = path("data");
    if (file == "state.yaml") options.from_state = path(file);
    const bool network = file == "every-network-key.yaml";
    if (network)
      load_network(path(file), options, problems);
    else
      load_scenario(path(file == "what-if.yaml" ? file : "every-key.yaml"), options, problems);
    put(file, before);
    return problems.has_errors() ? problems.text() : "";
  }

 private:
  /// So that a pass may be the second.
  static std::string with_two_passes(std::string text) {
    const std::string one = "    passes: 1\n";
    return text.replace(text.find(one), one.size(), "    passes: 2\n");
  }

  fs::path top_;
};

/// Keys that say the same in another way, or that a key rules out: they are not there beside it.
const std::map<std::string, std::set<std::string>> not_beside = {
    {"stations.manual.service", {"rate"}},
    {"stations.machine.service", {"rate"}},
    {"targets.on time.at_most", {"at_least"}},
    {"targets.throughput.at_most", {"at_least"}},
    {"targets.left over.at_least", {"at_most"}},
    {"targets.longest wait.at_least", {"at_most"}},
    {"targets.overtime.at_least", {"at_most"}},
    {"targets.cost per item.at_least", {"at_most"}},
    {"plan.minimise", {"understaffed"}},
    {"plan.new_shifts.windows", {"earliest", "latest", "every", "lengths", "breaks", "days", "holidays"}},
    {"roster.least", {"rules"}},
    {"situation.mail.left", {"takes"}},
    {"situation.mail.worked", {"takes"}},
    {"situation.teams.present", {"at"}},
    {"situation.teams.agents", {"present", "absent", "at", "leave"}},
};

Node yaml(const std::string& text) {
  Problems problems;
  const auto read = parse_yaml("example", "key: " + text + "\n", problems);
  INFO(text << problems.text());
  REQUIRE(read);
  return *read->find("key");
}

/// The same reference with another value at a path.
Reference with(const Reference& reference, const std::string& root, const PathOfKeys& path, const std::string& text) {
  Reference other{reference.file, reference.root, {}};
  node_at(other.root, path) = yaml(text);
  other.find_in(other.root, root, {});
  return other;
}

/// The places for an example: elements that have the key, then the others of its section.
std::vector<PathOfKeys> places_for(Reference& reference, const std::string& section_path, const std::string& key) {
  std::vector<PathOfKeys> all = reference.elements.at(section_path);
  std::stable_partition(all.begin(), all.end(), [&](const PathOfKeys& path) {
    return key == "*" || node_at(reference.root, path).find(key) != nullptr;
  });
  return all;
}

/// Empty where it is right in one of them, else what is said of it in the first.
std::string said_of_example(const Folder& folder, Reference& reference, const CatalogueSection& in,
                            const CatalogueKey& key) {
  const Node example = yaml(key.example);
  std::string first;
  for (const PathOfKeys& path : places_for(reference, in.path, key.name)) {
    Node root = reference.root;
    Node& host = node_at(root, path);
    if (const auto apart = not_beside.find(in.path + "." + key.name); apart != not_beside.end())
      std::erase_if(host.entries, [&](const Entry& e) { return apart->second.contains(e.key); });
    CatalogueKey put = key;
    if (key.name == "*") put.name = host.entries.front().key;
    put_example(host, put, example);
    const std::string said = folder.said_of(reference.file, root);
    if (said.empty()) return said;
    if (first.empty()) first = said;
  }
  return first;
}

}  // namespace

TEST_CASE("every example of the reference is right in an element of its own section and variant") {
  const Folder folder;
  std::vector<Reference> references = {
      folder.reference("every-key.yaml", ""), folder.reference("every-network-key.yaml", "network-scenario"),
      folder.reference("state.yaml", "situation"), folder.reference("what-if.yaml", "what-if"),
      folder.reference("rules/new-caledonia.yaml", "rule set")};
  const Reference every = references[0];
  const Reference network = references[1];
  const Reference state = references[2];
  const std::string root = "network-scenario";
  const Reference of_letters = with(network, root, {"products"}, "{letter: {lot: 50 items, due: J+1 18:00}}");
  const PathOfKeys counter = {"centre_kinds", "platform", "arrivals", "counter", "items"};
  references.push_back(with(with(of_letters, root, counter, "{letter: 20}"), root, {"flows", "from"}, "flows.csv"));
  references.push_back(with(every, "", {"plan", "new_shifts"},
                            "{teams: [evening-sorting], windows: [{earliest: \"05:00\", latest: \"08:00\", every: 1 h, "
                            "lengths: [8 h], breaks: [\"03:30 20 min\"], days: Mon-Fri, holidays: no}]}"));
  references.push_back(
      with(state, "situation", {"teams", "evening-sorting"},
           "{agents: {1: {at: cull, position: 2}, 2: {at: coding, walks: 2 min}, 3: {on_break: 12 min}, "
           "4: {at: cull, position: 3, called_to: coding, break_due: 20 min, goes_home: no, leaves: "
           "\"22:00\"}, 5: {over_since: \"18:48\", goes_home: yes}}}"));
  for (const Reference& r : references) {
    INFO(r.file);
    CHECK(folder.said_of(r.file, r.root).empty());
  }
  std::size_t tried = 0;
  for (const CatalogueSection& in : catalogue())
    for (const CatalogueKey& key : in.keys) {
      INFO(in.path << "." << key.name << ": " << key.example);
      CHECK_FALSE(key.example.empty());
      std::string said = "no element";
      for (Reference& reference : references) {
        if (said.empty() || !reference.elements.contains(in.path)) continue;
        said = said_of_example(folder, reference, in, key);
      }
      CHECK(said == "");
      ++tried;
    }
  CHECK(tried > 350);
}

}  // namespace mailflow
