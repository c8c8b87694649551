#include "scenario/load.hpp"

#include "scenario/builder.hpp"
#include "scenario/checks.hpp"
#include "scenario/what_if.hpp"

namespace mailflow {

std::optional<Model> load_scenario(const std::string& path, const LoadOptions& options, Problems& problems) {
  try {
    const std::optional<Node> root = read_scenario(path, problems);
    if (!root || problems.has_errors()) return std::nullopt;
    Builder builder(*root, options, path, problems);
    Model model = builder.build();
    if (problems.has_errors()) return std::nullopt;
    warn_of_hopeless(model, builder.places(), problems);
    if (problems.has_errors()) return std::nullopt;
    return model;
  } catch (const std::exception& e) {
    auto file = std::make_shared<SourceFile>();
    file->path = path;
    problems.error({file, 0, 0}, std::string("the scenario could not be read: ") + e.what(),
                   "this is a fault of the program: please report it with the file");
    return std::nullopt;
  }
}

}  // namespace mailflow
