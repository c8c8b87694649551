// A client that sends bytes as they are, well-formed or not, to a server on this machine.
#pragma once

#include <cstdint>
#include <string>

namespace mailflow::studio {

class Browser {
 public:
  explicit Browser(unsigned port);
  ~Browser();
  Browser(const Browser&) = delete;
  Browser& operator=(const Browser&) = delete;
  Browser(Browser&&) = delete;
  Browser& operator=(Browser&&) = delete;

  void send(const std::string& bytes) const;
  /// All that comes until the server closes.
  std::string rest() const;
  /// What comes up to and with `end`, or until the server closes.
  std::string until(const std::string& end) const;

 private:
  int socket_ = -1;
};

/// Sends bytes and gives all of the answer.
std::string exchange(unsigned port, const std::string& bytes);
/// 200 of "HTTP/1.1 200 OK..."; 0 where there was no answer.
int status_of(const std::string& answer);
/// A message of a WebSocket as a browser sends it: masked.
std::string frame(const std::string& text, unsigned char opcode = 1);

}  // namespace mailflow::studio
