#include "cli/stop.hpp"

#include <pthread.h>
#include <unistd.h>

#include <chrono>

#include "report/temporary.hpp"

namespace mailflow::cli {

StopAsked::StopAsked(double seconds) {
  sigemptyset(&interrupt_);
  sigaddset(&interrupt_, SIGINT);
  sigaddset(&interrupt_, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &interrupt_, nullptr);  // in all threads made from here on
  waits_ = std::thread([this, seconds] { wait(seconds); });
}

StopAsked::~StopAsked() {
  over_ = true;
  waits_.join();
  pthread_sigmask(SIG_UNBLOCK, &interrupt_, nullptr);
}

void StopAsked::wait(double seconds) {
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + std::chrono::duration<double>(seconds);
  const timespec a_while{0, 20'000'000};
  bool interrupted = false;
  while (!over_) {
    if (const int signal = sigtimedwait(&interrupt_, nullptr, &a_while); signal > 0) {
      constexpr int ended_by = 128;
      if (interrupted) {
        remove_temporaries();
        _exit(ended_by + signal);
      }
      interrupted = asked_ = true;
    }
    if (seconds > 0 && Clock::now() >= end) asked_ = true;
  }
}

}  // namespace mailflow::cli
