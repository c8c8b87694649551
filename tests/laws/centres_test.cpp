// Laws about the centre: what is alike, or touched by nothing, changes nothing.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "draws.hpp"
#include "outcome.hpp"
#include "seeds.hpp"
#include "transformations.hpp"

namespace mailflow::laws {
namespace {

// --- something that nothing touches ----------------------------------------------------------------------------------

void beside_idle_things(std::uint64_t seed, Breach& breach) {
  breach.one = random_centre(seed, any_kind(seed));
  Draws draw(seed);
  const std::string taken = yaml(breach.one.scenario);
  std::string ending = draw.by(50) ? "aa" : "zz";
  while (taken.find("_" + ending) != std::string::npos)
    ending = {ending[1], static_cast<char>('a' + draw.between(0, 25))};
  breach.other = with_idle_things(breach.one, ending, draw);
  auto found = figures(breach.other);
  take_away(found, ending);
  breach.what = difference(figures(breach.one), found);
}

// --- rate and service ------------------------------------------------------------------------------------------------

void service_for_rate(std::uint64_t seed, Breach& breach) {
  breach.one = breach.other = random_centre(seed, {.chance = seed % 4 != 0, .situation = seed % 5 == 0});
  breach.other.scenario = with_services_for_rates(breach.other.scenario);
  breach.what = difference(figures(breach.one), figures(breach.other));
}

// --- a team in two halves --------------------------------------------------------------------------------------------

void halve(Tree& agents) {
  if (agents.is_scalar()) agents = std::stoi(agents.text) / 2;
  for (auto& [day, number] : agents.entries) halve(number);
}

/// The file's numbers halved, for both teams.
std::string halved(const std::string& file, const std::string& team, const std::string& second) {
  std::string out, line;
  for (const char c : file) {
    if (c != '\n') {
      line += c;
      continue;
    }
    const auto comma = line.rfind(',');
    if (out.empty()) {
      out = line + "\n";
    } else {
      const std::string half = line.substr(0, comma + 1) + std::to_string(std::stoi(line.substr(comma + 1)) / 2) + "\n";
      out += half + renamed(half, {{team, second}});
    }
    line.clear();
  }
  return out;
}

/// The figures of two teams as those of one.
void join(nlohmann::json& teams, const std::string& team, const std::string& second) {
  for (auto& [key, value] : teams[team].items())
    if (value.is_number()) value = value.get<double>() + teams[second][key].get<double>();
  teams.erase(second);
}

void team_in_halves(std::uint64_t seed, Breach& breach) {
  Centre& centre = breach.one = random_centre(seed, {.chance = false, .staff = true});
  Draws draw(seed);
  auto& teams = centre.scenario["staff"]["teams"].entries;
  const std::string team = draw.one_of(teams).first, second = team + "2";
  auto whole = std::find_if(teams.begin(), teams.end(), [&](const auto& e) { return e.first == team; });
  centre.scenario["staff"]["assignment"]["rule"] = "fixed";
  if (whole->second.find("posts") == nullptr)
    whole->second["posts"] = Tree::words({centre.scenario["stations"].entries[0].first});
  centre.scenario.erase("plan");
  centre.scenario.erase("targets");
  whole->second["label"] = "Team";
  Centre& other = breach.other = centre;
  auto& halves = other.scenario["staff"]["teams"].entries;
  auto half = std::find_if(halves.begin(), halves.end(), [&](const auto& e) { return e.first == team; });
  Tree& agents = *half->second.find("agents");
  if (agents.is_scalar() && agents.text.ends_with(".csv"))
    other.files[agents.text] = halved(other.files[agents.text], team, second);
  else
    halve(agents);
  halves.insert(half + 1, {second, Tree(half->second)});
  auto found = figures(other);
  join(found["teams"], team, second);
  breach.what = difference(figures(centre), found);
}

TEST_CASE("things that nothing touches", "[laws]") { holds("idle", beside_idle_things); }
TEST_CASE("a constant service for a rate", "[laws]") { holds("service", service_for_rate); }
TEST_CASE("a team in two equal halves under fixed", "[laws]") { holds("halves", team_in_halves); }

}  // namespace
}  // namespace mailflow::laws
