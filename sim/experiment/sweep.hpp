// Points to try: `--vary KEY=from..to/step` on a grid or in a Latin hypercube.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/problems.hpp"

namespace mailflow {

/// One key and the values it takes, as they are written into the scenario: "8", "9"; "30000 items/h"; "05:30".
struct Variation {
  std::string key;
  std::vector<std::string> values;
};

/// Reads "KEY=8..14/2", "KEY=30000 items/h..40000 items/h/5000 items/h", "KEY=05:00..06:30/00:30" or "KEY=a, b, c".
/// Numbers keep the unit of the end of the range. Tells what is wrong.
std::optional<Variation> read_variation(const std::string& text, Problems& problems);

using Point = std::vector<std::pair<std::string, std::string>>;  ///< key and value

/// All combinations, the last key changing first.
std::vector<Point> grid(const std::vector<Variation>& variations);

/// `points` combinations such that each key takes each of its values as equally often as can be (McKay, Beckman and
/// Conover 1979), drawn with `seed`.
std::vector<Point> latin_hypercube(const std::vector<Variation>& variations, std::size_t points, std::uint64_t seed);

}  // namespace mailflow
