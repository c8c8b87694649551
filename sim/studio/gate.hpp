// Who is let in: one browser of this machine's user, and no other page that it has open.
//
// The address printed holds a random token once; it becomes a cookie that no script reads and no other site sends.
// Every request must name an address of the list as its Host (against DNS rebinding), and carry the cookie; one that
// writes, or opens the WebSocket, must come from a page of the studio's own (Origin), and bring JSON.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "studio/exchange.hpp"

namespace mailflow::studio {

/// 64 hexadecimal digits by the system's random numbers.
std::string random_token();

class Gate {
 public:
  /// `hosts` as Host names them: 127.0.0.1:8017, localhost:8017.
  Gate(std::string token, std::vector<std::string> hosts, unsigned port);

  /// What is answered instead of obeying the request; nothing: it is let in.
  std::optional<Answer> stops(const Request& request, bool opens_live = false) const;

 private:
  bool knows(const std::string& cookies) const;

  std::string token_, cookie_;
  std::vector<std::string> hosts_;
};

}  // namespace mailflow::studio
