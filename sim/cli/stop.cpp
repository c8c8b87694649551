#include "cli/stop.hpp"

#include <pthread.h>
#include <unistd.h>

#include <chrono>
#include <optional>
#include <utility>

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
  std::optional<Clock::time_point> interrupted;
  while (!over_) {
    if (const int signal = sigtimedwait(&interrupt_, nullptr, &a_while); signal > 0) {
      constexpr int ended_by = 128;
      constexpr std::chrono::milliseconds at_once(500);  // timeout(1) sends one to the process and one to its group
      const auto now = Clock::now();
      if (interrupted && now - *interrupted > at_once) {
        remove_temporaries();
        _exit(ended_by + signal);
      }
      if (!interrupted) interrupted = now;
      asked_ = true;
    }
    if (seconds > 0 && Clock::now() >= end) asked_ = true;
  }
}

DoneBeforeEnd::DoneBeforeEnd(std::function<void()> first) {
  sigemptyset(&ends_);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction is{};  // one that is ignored (nohup) would else be waited for
    if (sigaction(signal, nullptr, &is) == 0 && is.sa_handler != SIG_IGN) sigaddset(&ends_, signal);
  }
  pthread_sigmask(SIG_BLOCK, &ends_, &before_);  // in all threads made from here on
  waits_ = std::thread([this, first = std::move(first)] {
    const timespec a_while{0, 20'000'000};
    while (!over_)
      if (const int signal = sigtimedwait(&ends_, nullptr, &a_while); signal > 0) {
        first();
        end_by(signal);
      }
  });
}

DoneBeforeEnd::~DoneBeforeEnd() {
  over_ = true;
  waits_.join();
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

}  // namespace mailflow::cli
