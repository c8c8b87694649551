#include "scenario/load_network.hpp"

#include <new>

#include "scenario/network_builder.hpp"
#include "scenario/shifts_file.hpp"
#include "scenario/what_if.hpp"

namespace mailflow {

bool is_network(const std::string& path) {
  Problems ignored;
  const std::optional<Node> root = read_scenario(path, ignored);
  return root && root->find("network") != nullptr;
}

std::optional<Network> load_network(const std::string& path, const LoadOptions& options, Problems& problems) {
  try {
    std::optional<Node> root = read_scenario_with(path, options.set, problems);
    if (!root || problems.has_errors()) return std::nullopt;
    if (Entry* kinds = root->entry("centre_kinds"))
      for (Entry& kind : kinds->value.entries) lay_shifts(kind.value, options.data_dir, problems);
    if (problems.has_errors()) return std::nullopt;
    Problems found;
    Network network = NetworkBuilder(*root, options, path, found).build();
    tell_first_faults(found, problems);
    if (!problems.has_errors() && network.centres.empty())  // a table of centres may have no rows
      problems.error(root->find("centres") != nullptr ? root->find("centres")->place : root->place,
                     "this network has no centre", "give at least one, with its kind");
    if (problems.has_errors()) return std::nullopt;
    return network;
  } catch (const std::bad_alloc&) {  // no fault of the program's, nor of the file's
    throw;
  } catch (const std::exception& e) {
    auto file = std::make_shared<SourceFile>();
    file->path = path;
    problems.error({file, 0, 0}, std::string("the network could not be read: ") + e.what(),
                   "this is a fault of the program: please report it with the file");
    return std::nullopt;
  }
}

}  // namespace mailflow
