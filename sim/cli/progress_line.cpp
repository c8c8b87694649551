#include "cli/progress_line.hpp"

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <utility>

#include "cli/tell.hpp"

namespace mailflow::cli {

ProgressLine::ProgressLine(bool shows, std::string first)
    : text_(std::move(first)), terminal_(isatty(STDERR_FILENO) != 0) {
  if (shows) shows_ = std::thread([this] { show(); });
}

ProgressLine::~ProgressLine() {
  if (!shows_.joinable()) return;
  clear();
  {
    const std::lock_guard lock(mutex_);
    ends_ = true;
  }
  over_.notify_all();
  shows_.join();
}

void ProgressLine::say(std::string text) {
  const std::lock_guard lock(mutex_);
  text_ = std::move(text);
}

void ProgressLine::clear() {
  const std::lock_guard lock(mutex_);
  if (on_line_) std::fputs("\r\x1b[K", stderr);
  on_line_ = false;
  text_.clear();
}

void ProgressLine::show() {
  const auto again = terminal_ ? std::chrono::milliseconds(200) : std::chrono::milliseconds(10'000);
  std::unique_lock lock(mutex_);
  auto wait = std::chrono::milliseconds(1000);
  while (!over_.wait_for(lock, wait, [this] { return ends_; })) {
    wait = again;
    if (text_.empty() || text_ == shown_) continue;
    shown_ = text_;
    on_line_ = terminal_;
    if (terminal_)
      tell_progress("\r\x1b[K  {}", text_);
    else
      tell_progress("  {}\n", text_);
    std::fflush(stderr);
  }
}

}  // namespace mailflow::cli
