#include "scenario/load.hpp"

#include <algorithm>
#include <new>
#include <vector>

#include "core/words.hpp"
#include "scenario/checks/checks.hpp"
#include "scenario/files/files.hpp"
#include "scenario/files/shifts_file.hpp"
#include "scenario/layout.hpp"
#include "scenario/what_if.hpp"
#include "scenario/whole_centre.hpp"

namespace mailflow {

namespace {

/// Puts the situation of a file into a scenario: the file is the section `situation`, or has it as its only key.
void lay_situation(Node& root, const std::string& path, Problems& problems) {
  const auto text = read_file(path, {}, problems);
  auto there = text ? parse_yaml(path, *text, problems) : std::nullopt;
  if (!there) return;
  if (const Node* inner = there->find("situation"); inner != nullptr && there->entries.size() == 1)
    there = Node(*inner);
  std::erase_if(root.entries, [](const Entry& e) { return e.key == "situation"; });
  Entry entry;
  entry.key = "situation";
  entry.place = there->place;
  entry.value = std::move(*there);
  root.entries.push_back(std::move(entry));
}

}  // namespace

void tell_first_faults(const Problems& found, Problems& problems) {
  const bool wrong = found.has_errors();
  for (const Problem& p : found.sorted())
    if (p.severity == Problem::Severity::error || !wrong) problems.add(p);
}

std::optional<Model> load_model(const std::string& path, const LoadOptions& options, Problems& problems) {
  auto loaded = load_scenario(path, options, problems);
  if (!loaded) return std::nullopt;
  return std::move(loaded->model);
}

std::optional<Scenario> load_scenario(const std::string& path, const LoadOptions& options, Problems& problems) {
  try {
    std::optional<Node> root = read_scenario_with(path, options, problems);
    if (root && !options.from_state.empty()) lay_situation(*root, options.from_state, problems);
    if (!root || problems.has_errors()) return std::nullopt;
    if (const Entry* network = root->entry("network"); network != nullptr && root->find("centre") == nullptr) {
      problems.error(network->place, tr("this is a network, and a single centre is wanted here"),
                     tr("run, compare and check take networks"));
      return std::nullopt;
    }
    if (!lay_shifts(*root, options.data_dir, problems)) return std::nullopt;
    if (const Entry* rules = root->entry("rules"); rules != nullptr && root->find("stations") == nullptr) {
      problems.error(rules->place, tr("these are rules for rosters, and a scenario is wanted here"),
                     tr("name the file in one: {}", "roster: {rules: " + path + "}"));
      return std::nullopt;
    }
    if (const Entry* at = root->entry("at"); at != nullptr && root->find("centre") == nullptr) {
      problems.error(at->place, tr("this is a situation, and a scenario is wanted here"),
                     tr("name it beside the scenario that begins in it: mailflow run SCENARIO --from-state {}", path));
      return std::nullopt;
    }
    if (tell_layout(*root, problems)) return std::nullopt;
    Problems found;
    Reading reading(*root, options, path, found, false);
    read_sections(reading);
    Scenario& scenario = reading.scenario;
    scenario.model.situation.file = options.from_state;
    tell_first_faults(found, problems);
    if (problems.has_errors()) return std::nullopt;
    Problems hopeless;
    warn_of_hopeless(scenario.model, scenario.plan, reading.places, hopeless);
    tell_first_faults(hopeless, problems);
    if (problems.has_errors()) return std::nullopt;
    return std::move(scenario);
  } catch (const std::bad_alloc&) {  // no fault of the program's, nor of the file's
    throw;
  } catch (const std::exception& e) {
    auto file = std::make_shared<SourceFile>();
    file->path = path;
    problems.error({file, 0, 0}, tr("the scenario could not be read: {}", e.what()),
                   tr("this is a fault of the program: please report it with the file"));
    return std::nullopt;
  }
}

namespace {

void collect_files(const Node& node, std::vector<const SourceFile*>& files) {
  const SourceFile* file = node.place.file.get();
  if (file != nullptr && std::find(files.begin(), files.end(), file) == files.end()) files.push_back(file);
  for (const Node& item : node.items) collect_files(item, files);
  for (const Entry& entry : node.entries) collect_files(entry.value, files);
}

}  // namespace

std::string scenario_text(const std::string& path) {
  Problems ignored;
  const std::optional<Node> root = read_scenario(path, ignored);
  if (!root) return "";
  std::vector<const SourceFile*> files;
  collect_files(*root, files);
  std::string text;
  for (const SourceFile* file : files) {
    text += "# ---- " + file->path + "\n";
    for (std::size_t i = 0; i < file->lines.size(); ++i) text.append(file->lines[i]) += '\n';
  }
  return text;
}

}  // namespace mailflow
