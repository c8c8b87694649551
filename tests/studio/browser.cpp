#include "studio/browser.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <stdexcept>

namespace mailflow::studio {

Browser::Browser(unsigned port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in there{};
  there.sin_family = AF_INET;
  there.sin_port = htons(static_cast<std::uint16_t>(port));
  there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&there), sizeof there) != 0)
    throw std::runtime_error("the server does not listen");
}

Browser::~Browser() { ::close(socket_); }

void Browser::send(const std::string& bytes) const {
  for (std::size_t sent = 0; sent < bytes.size();) {
    const ssize_t n = ::send(socket_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (n <= 0) return;  // the server has had enough
    sent += static_cast<std::size_t>(n);
  }
}

std::string Browser::rest() const { return until(""); }

std::string Browser::until(const std::string& end) const {
  std::string all;
  std::array<char, 4096> part{};
  while (end.empty() || all.find(end) == std::string::npos) {
    const ssize_t n = ::recv(socket_, part.data(), part.size(), 0);
    if (n <= 0) break;
    all.append(part.data(), static_cast<std::size_t>(n));
  }
  return all;
}

std::string exchange(unsigned port, const std::string& bytes) {
  const Browser browser(port);
  browser.send(bytes);
  return browser.rest();
}

int status_of(const std::string& answer) { return answer.size() < 12 ? 0 : std::atoi(answer.c_str() + 9); }

std::string frame(const std::string& text, unsigned char opcode) {
  std::string bytes(1, static_cast<char>(0x80U | opcode));
  if (text.size() < 126) {
    bytes += static_cast<char>(0x80U | text.size());
  } else {
    bytes += static_cast<char>(0x80U | 126U);
    bytes += static_cast<char>(text.size() >> 8U & 0xFFU);
    bytes += static_cast<char>(text.size() & 0xFFU);
  }
  bytes += std::string(4, '\0');  // a mask that changes nothing
  return bytes + text;
}

}  // namespace mailflow::studio
