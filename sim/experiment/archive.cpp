#include "experiment/archive.hpp"
namespace mailflow {
struct Archive::Impl {};
Archive::Archive(const std::string&) { throw ArchiveFailure("archives are not built yet"); }
Archive::~Archive() = default;
std::int64_t Archive::scenario(const ScenarioRecord&) { return 0; }
std::map<std::uint64_t, Observation> Archive::replications(std::int64_t, std::uint64_t, std::uint64_t,
                                                           std::uint64_t) const {
  return {};
}
void Archive::keep(std::int64_t, std::uint64_t, std::uint64_t, const Observation&) {}
std::vector<KeptScenario> Archive::scenarios() const { return {}; }
}  // namespace mailflow
