#include "seeds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>

namespace mailflow::laws {

namespace {

constexpr int most_told = 5;

double setting(const char* name, double fallback) {
  const char* text = std::getenv(name);  // NOLINT(concurrency-mt-unsafe)
  return text == nullptr ? fallback : std::strtod(text, nullptr);
}

void keep(const std::string& law, std::uint64_t seed, const Breach& breach) {
  const char* folder = std::getenv("MAILFLOW_LAWS_KEEP");  // NOLINT(concurrency-mt-unsafe)
  if (folder == nullptr) return;
  namespace fs = std::filesystem;
  for (const auto& [name, centre] : {std::pair{"one", &breach.one}, std::pair{"other", &breach.other}}) {
    const fs::path path = fs::path(folder) / fmt::format("{}-{}", law, seed) / name;
    fs::create_directories(path);
    std::ofstream(path / "centre.yaml") << yaml(centre->scenario);
    for (const auto& [file, text] : centre->files) std::ofstream(path / file) << text;
  }
}

}  // namespace

void holds(const std::string& law, const std::function<void(std::uint64_t seed, Breach& breach)>& judge, int usual) {
  const auto first = static_cast<std::uint64_t>(setting("MAILFLOW_LAWS_FROM", 1));
  const double scale = setting("MAILFLOW_TEST_SCALE", 1);
  const auto count = static_cast<std::uint64_t>(setting("MAILFLOW_LAWS_SEEDS", std::max(1.0, usual * scale)));
  std::string told;
  int breaches = 0;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    Breach breach;
    try {
      judge(seed, breach);
    } catch (const std::exception& failure) {
      breach.what = failure.what();
    }
    if (breach.what.empty()) continue;
    if (++breaches <= most_told) told += fmt::format("\n  centre {}: {}", seed, breach.what);
    keep(law, seed, breach);
  }
  INFO(law << ": " << breaches << " of " << count << " centres break it" << told);
  CHECK(breaches == 0);
}

}  // namespace mailflow::laws
