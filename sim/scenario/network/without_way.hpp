// What becomes of flows of a network that no trips lead for.
#pragma once

#include <cstdint>
#include <string_view>

namespace mailflow {

/// It is a mistake; they are left out; or they end where they began.
enum class WithoutWay : std::uint8_t { error, leave_out, end_at_origin };
constexpr std::string_view word_of(WithoutWay value) {
  switch (value) {
    case WithoutWay::error:
      return "error";
    case WithoutWay::leave_out:
      return "leave out";
    case WithoutWay::end_at_origin:
      return "end at the origin";
  }
  return {};
}

}  // namespace mailflow
