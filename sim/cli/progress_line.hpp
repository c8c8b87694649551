// What a long search says while it goes on, on standard error: on a terminal one line that is written over, elsewhere a
// line now and then.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace mailflow::cli {

/// The first words come after a second, whatever the search does then. Made after StopAsked, whose signals its thread
/// leaves alone.
class ProgressLine {
 public:
  /// `shows`: false: nothing is ever said. `first`: what is said before anything is known.
  ProgressLine(bool shows, std::string first);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  ProgressLine(ProgressLine&&) = delete;
  ProgressLine& operator=(ProgressLine&&) = delete;

  /// May be called as often as one likes.
  void say(std::string text);
  /// Wipes the line out, and is silent until something is said again.
  void clear();

 private:
  void show();

  std::mutex mutex_;
  std::condition_variable over_;
  std::string text_, shown_;
  bool terminal_ = false, on_line_ = false, ends_ = false;
  std::thread shows_;
};

}  // namespace mailflow::cli
