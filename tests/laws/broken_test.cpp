// Whatever one part of a scenario is left out, or is no value that can stand there, the scenario is read or refused in
// words: no reader takes for granted what another was to read.
#include <catch2/catch.hpp>
#include <functional>
#include <stdexcept>

#include "outcome.hpp"
#include "random_network.hpp"

namespace mailflow::laws {
namespace {

/// Calls `load` with every key of the tree left out, and with every value put out of its kind, one at a time.
void each_broken(Tree& part, const std::function<void()>& load) {
  const auto without = [&](Tree& place, Tree value) {
    std::swap(place, value);
    load();
    std::swap(place, value);
  };
  if (part.is_scalar()) {
    without(part, "?");
    without(part, Tree());
    return;
  }
  without(part, "?");
  for (Tree& item : part.items) each_broken(item, load);
  for (std::size_t i = 0; i < part.entries.size(); ++i) {
    auto all = part.entries;
    part.entries.erase(part.entries.begin() + static_cast<std::ptrdiff_t>(i));
    load();
    part.entries = std::move(all);
    each_broken(part.entries[i].second, load);
  }
}

/// How many of the broken ones were refused.
int refused(Centre centre, const std::function<void(const Centre&)>& read) {
  int count = 0;
  each_broken(centre.scenario, [&] {
    try {
      read(centre);
    } catch (const std::runtime_error&) {
      ++count;
    } catch (const std::exception& other) {
      FAIL(other.what() << " of\n" << yaml(centre.scenario));
    }
  });
  return count;
}

TEST_CASE("a centre with any one thing missing or out of its kind is read or refused", "[laws]") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    INFO("seed " << seed);
    const int broken = refused(random_centre(seed, {.situation = seed % 2 == 0}), [](const Centre& c) { model_of(c); });
    CHECK(broken > 50);
  }
}

TEST_CASE("a network with any one thing missing or out of its kind is read or refused", "[laws]") {
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    INFO("seed " << seed);
    const int broken = refused(random_network(seed, {}), [](const Centre& c) { network_of(c); });
    CHECK(broken > 50);
  }
}

}  // namespace
}  // namespace mailflow::laws
