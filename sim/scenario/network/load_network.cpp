#include "scenario/network/load_network.hpp"

#include <new>

#include "core/words.hpp"
#include "scenario/files/files.hpp"
#include "scenario/files/shifts_file.hpp"
#include "scenario/network/network_reader.hpp"
#include "scenario/what_if.hpp"
#include "scenario/yaml/document.hpp"

namespace mailflow {

namespace {

/// Whether the file, or one that it builds on, has the word at all: the whole of a model need not be read to see that
/// it is no network's. `within`: files that build on it.
bool says_network(const std::string& path, int within = 0) {
  constexpr int deepest = 100;  // a circle of bases is told when they are read
  Problems ignored;
  const auto text = read_file(path, {}, ignored);
  if (!text || text->find("network") != std::string::npos) return text.has_value();
  if (text->find("base") == std::string::npos || within > deepest) return false;
  const std::optional<Node> root = parse_yaml(path, *text, ignored);
  const Node* base = root ? root->find("base") : nullptr;
  if (base == nullptr || !base->is_scalar() || base->text.empty()) return false;
  const auto file = resolve(*base, {}, ignored);
  return file && says_network(*file, within + 1);
}

}  // namespace

bool is_network(const std::string& path) {
  if (!says_network(path)) return false;
  Problems ignored;
  const std::optional<Node> root = read_scenario(path, ignored);
  return root && root->find("network") != nullptr;
}

std::optional<Network> load_network(const std::string& path, const LoadOptions& options, Problems& problems) {
  try {
    std::optional<Node> root = read_scenario_with(path, options, problems);
    if (!root || problems.has_errors()) return std::nullopt;
    if (Entry* kinds = root->entry("centre_kinds"))
      for (Entry& kind : kinds->value.entries) lay_shifts(kind.value, options.data_dir, problems);
    if (problems.has_errors()) return std::nullopt;
    Problems found;
    Network network = NetworkReader(*root, options, path, found).build();
    tell_first_faults(found, problems);
    if (!problems.has_errors() && network.centres.empty())  // a table of centres may have no rows
      problems.error(root->find("centres") != nullptr ? root->find("centres")->place : root->place,
                     tr("this network has no centre"), tr("give at least one, with its kind"));
    if (problems.has_errors()) return std::nullopt;
    return network;
  } catch (const std::bad_alloc&) {  // no fault of the program's, nor of the file's
    throw;
  } catch (const std::exception& e) {
    auto file = std::make_shared<SourceFile>();
    file->path = path;
    problems.error({file, 0, 0}, tr("the network could not be read: {}", e.what()),
                   tr("this is a fault of the program: please report it with the file"));
    return std::nullopt;
  }
}

}  // namespace mailflow
