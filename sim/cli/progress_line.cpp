#include "cli/progress_line.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <utility>

#include "cli/tell.hpp"
#include "core/words.hpp"

namespace mailflow::cli {

namespace {

constexpr std::chrono::milliseconds first_words_after(1000);
constexpr std::chrono::milliseconds on_terminal_each(200);
constexpr std::chrono::milliseconds elsewhere_each(10'000);

}  // namespace

ProgressLine::ProgressLine(bool shows) : shows_(shows), terminal_(isatty(STDERR_FILENO) != 0) {}

ProgressLine::ProgressLine(bool shows, std::string first) : ProgressLine(shows) {
  text_ = std::move(first);
  if (shows) shower_ = std::thread([this] { show_by_and_by(); });
}

ProgressLine::~ProgressLine() {
  clear();
  if (!shower_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    ends_ = true;
  }
  over_.notify_all();
  shower_.join();
}

double ProgressLine::seconds() const { return std::chrono::duration<double>(Clock::now() - began_).count(); }

bool ProgressLine::is_time() {
  if (shower_.joinable()) return true;  // it keeps the time
  if (!shows_ || !terminal_) return false;
  const auto now = Clock::now();
  if (now - began_ < first_words_after || now - last_ < on_terminal_each) return false;
  last_ = now;
  return true;
}

void ProgressLine::take(std::string text) {
  const std::lock_guard lock(mutex_);
  text_ = std::move(text);
  if (!shower_.joinable()) show(text_);
}

void ProgressLine::clear() {
  const std::lock_guard lock(mutex_);
  if (on_line_) std::fputs("\r\x1b[K", stderr);
  on_line_ = false;
  text_.clear();
}

void ProgressLine::show_by_and_by() {
  std::unique_lock lock(mutex_);
  auto wait = first_words_after;
  while (!over_.wait_for(lock, wait, [this] { return ends_; })) {
    wait = terminal_ ? on_terminal_each : elsewhere_each;
    if (text_.empty() || text_ == shown_) continue;
    shown_ = text_;
    show(text_);
  }
}

void ProgressLine::show(const std::string& text) {
  on_line_ = terminal_;
  std::fputs(fmt::format("{}  {}{}", terminal_ ? "\r\x1b[K" : "", text, terminal_ ? "" : "\n").c_str(), stderr);
  std::fflush(stderr);
}

void RunProgress::at(Ticks now) {
  if (shows_ && !line_.on_terminal()) tell("{}", patience_.words(now, line_.seconds()));
  line_.say([&] {
    const double done = static_cast<double>(now) / static_cast<double>(model_.end);
    const auto days = static_cast<int>(model_.midnights.size()) - 1;
    return tr("day {} of {}  {:3.0f} %  about {:.0f} s left", std::min<Ticks>(now / day + 1, days), days, 100 * done,
              done > 0 ? line_.seconds() / done - line_.seconds() : 0);
  });
}

}  // namespace mailflow::cli
