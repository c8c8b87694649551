// Reads instants about a situation. A time of day alone is the nearest one before the situation's instant for what has
// been
// (`since`), and after it for what is to come (`until`, `comes`).
#pragma once

#include <optional>
#include <string>

#include "scenario/sections/time_reader.hpp"

namespace mailflow {

class InstantReader : public TimeReader {
 public:
  enum class When : std::uint8_t { alone, before, after };

  using TimeReader::TimeReader;

  /// A date and time, or a time of day nearest to the situation's instant, on the side said.
  std::optional<Ticks> instant(const Node& node, const std::string& what, When when);
};

}  // namespace mailflow
