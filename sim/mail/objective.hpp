// What a plan or a roster makes least.
#pragma once

#include <cstdint>
#include <string_view>

namespace mailflow {

/// The pay of duties, or their number.
enum class Objective : std::uint8_t { cost, person_days };
constexpr std::string_view word_of(Objective value) {
  switch (value) {
    case Objective::cost:
      return "cost";
    case Objective::person_days:
      return "person-days";
  }
  return {};
}

}  // namespace mailflow
