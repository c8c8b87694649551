// Random centres: from a number, a valid scenario of a small centre, over every key of the language.
//
// Some hundred lots in one to three days, so that a run takes about a millisecond. Names are drawn too, so that their
// order differs from the order in the file; times are whole five minutes, so that much falls on one instant.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tree.hpp"

namespace mailflow::laws {

struct Kind {
  bool chance = true;      ///< false: no draw decides anything
  bool staff = true;       ///< false: a centre that needs nobody, always open, as the loop by blocks takes it
  bool situation = false;  ///< begins in a situation, written as a planner would
};

struct Centre {
  std::uint64_t seed = 0;
  Tree scenario;
  std::map<std::string, std::string> files;  ///< beside it, by name
};

Centre random_centre(std::uint64_t seed, const Kind& kind);

/// All names in a centre have the form KIND_xx with two letters: mail_ab, town_kq; these are the kinds.
const std::vector<std::string>& name_kinds();
/// The names that a text holds, each once, sorted.
std::vector<std::string> names_in(const std::string& text);
/// A text with names exchanged for others.
std::string renamed(const std::string& text, const std::map<std::string, std::string>& to);

/// What a seed's centre may have.
inline Kind any_kind(std::uint64_t seed) {
  return {.chance = seed % 4 != 0, .staff = seed % 8 != 1, .situation = seed % 5 == 0};
}

}  // namespace mailflow::laws
