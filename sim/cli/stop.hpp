// A long search asked to give its best so far: by Ctrl-C, by SIGTERM, or after some seconds.
#pragma once

#include <atomic>
#include <csignal>
#include <functional>
#include <thread>

namespace mailflow::cli {

/// While it lives, the first Ctrl-C (SIGINT) or SIGTERM, or the end of `seconds` (0: no end), asks to stop; a second
/// signal, half a second later or more, ends the program with status 130, or 143. Made before the threads of the
/// search, which then leave the signal to it.
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

/// While it lives, SIGINT, SIGTERM and SIGHUP end the program as ever, but only after `first` has been done. Made
/// before the threads of the work, which then leave the signals to it.
class DoneBeforeEnd {
 public:
  explicit DoneBeforeEnd(std::function<void()> first);
  ~DoneBeforeEnd();
  DoneBeforeEnd(const DoneBeforeEnd&) = delete;
  DoneBeforeEnd& operator=(const DoneBeforeEnd&) = delete;
  DoneBeforeEnd(DoneBeforeEnd&&) = delete;
  DoneBeforeEnd& operator=(DoneBeforeEnd&&) = delete;

 private:
  sigset_t ends_{}, before_{};
  std::atomic<bool> over_ = false;
  std::thread waits_;
};

}  // namespace mailflow::cli
