// The built program on a terminal of its own, as it shows itself to somebody who sits there.
#pragma once

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <csignal>
#include <cstdlib>
#include <regex>
#include <string>
#include <utility>

#include "cli/program.hpp"

namespace mailflow::program {

/// Whether there are terminals to be had; a chroot may have none.
inline bool has_terminals() {
  const int terminal = posix_openpt(O_RDWR | O_NOCTTY);
  const bool there = terminal >= 0 && grantpt(terminal) == 0 && unlockpt(terminal) == 0 &&
                     fs::exists(ptsname(terminal));  // NOLINT(concurrency-mt-unsafe)
  if (terminal >= 0) close(terminal);
  if (!there) WARN("skipped: this machine gives no pseudo-terminal (/dev/pts)");
  return there;
}

/// A command on a terminal of 24 lines of 200; ended with the object.
class Terminal {
 public:
  Terminal(const Desk& desk, const std::string& command) {
    const std::string line = "cd '" + desk.folder().string() + "' && exec " + command;
    winsize size{};
    size.ws_row = 24;
    size.ws_col = 200;
    child_ = forkpty(&terminal_, nullptr, nullptr, &size);
    if (child_ == 0) {
      execl("/bin/sh", "sh", "-c", line.c_str(), nullptr);
      _exit(127);
    }
    REQUIRE(child_ > 0);
  }
  ~Terminal() {
    if (child_ > 0) {
      kill(child_, SIGKILL);
      waitpid(child_, nullptr, 0);
    }
    close(terminal_);
  }
  Terminal(const Terminal&) = delete;
  Terminal(Terminal&&) = delete;
  Terminal& operator=(const Terminal&) = delete;
  Terminal& operator=(Terminal&&) = delete;

  int handle() const { return terminal_; }
  /// Waits until it has shown this; false when it ended without.
  bool shows(const std::regex& what) {
    while (!std::regex_search(shown_, what))
      if (!more()) return false;
    return true;
  }
  /// Ctrl-C.
  void interrupt() const { REQUIRE(write(terminal_, "\x03", 1) == 1); }
  /// Another signal; it goes on.
  void signal(int signal) const { REQUIRE(kill(child_, signal) == 0); }
  /// Ends it with a signal; the status says which.
  int end(int signal) {
    kill(child_, signal);
    return status();
  }
  /// Its exit status, and all that it showed.
  std::pair<int, std::string> to_the_end() {
    while (more()) {
    }
    const int ended = status();
    return {WIFEXITED(ended) ? WEXITSTATUS(ended) : 128, shown_};
  }

 private:
  bool more() {
    pollfd one{.fd = terminal_, .events = POLLIN, .revents = 0};
    if (poll(&one, 1, 300'000) <= 0) return false;
    std::array<char, 65536> buffer{};
    const ssize_t n = read(terminal_, buffer.data(), buffer.size());
    if (n <= 0) return false;
    shown_.append(buffer.data(), static_cast<std::size_t>(n));
    return true;
  }
  int status() {
    int status = 0;
    waitpid(child_, &status, 0);
    child_ = -1;
    return status;
  }

  int terminal_ = -1;
  pid_t child_ = -1;
  std::string shown_;
};

}  // namespace mailflow::program
