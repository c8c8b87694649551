// A long search asked to give its best so far: by Ctrl-C, by SIGTERM, or after some seconds.
#pragma once

#include <atomic>
#include <csignal>
#include <thread>

namespace mailflow::cli {

/// While it lives, the first Ctrl-C (SIGINT) or SIGTERM, or the end of `seconds` (0: no end), asks to stop; a second
/// signal, half a second later or more, ends the program with status 130, or 143. Made before the threads of the search, which then leave the signal
/// to it.
class StopAsked {
 public:
  explicit StopAsked(double seconds = 0);
  ~StopAsked();
  StopAsked(const StopAsked&) = delete;
  StopAsked& operator=(const StopAsked&) = delete;
  StopAsked(StopAsked&&) = delete;
  StopAsked& operator=(StopAsked&&) = delete;

  const std::atomic<bool>& asked() const { return asked_; }

 private:
  void wait(double seconds);

  sigset_t interrupt_{};
  std::atomic<bool> asked_ = false, over_ = false;
  std::thread waits_;
};

}  // namespace mailflow::cli
