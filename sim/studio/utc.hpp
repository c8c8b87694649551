// Instants of the studio's own, as JSON has them: 2026-11-24T02:10:00Z.
#pragma once

#include <array>
#include <ctime>
#include <string>

namespace mailflow::studio {

inline std::string utc_text(std::time_t at) {
  std::tm parts{};
  gmtime_r(&at, &parts);
  std::array<char, 32> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

inline std::string utc_now() { return utc_text(std::time(nullptr)); }

}  // namespace mailflow::studio
