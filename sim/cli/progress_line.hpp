// What a command that lasts says while it goes on, on standard error: on a terminal one line that is written over, and
// wiped out at the end; elsewhere a line now and then, or nothing.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "core/words.hpp"
#include "mail/model.hpp"
#include "report/patience.hpp"

namespace mailflow::cli {

class ProgressLine {
 public:
  /// Of work that comes by often: the first words after a second, and on a terminal alone. `shows`: false: nothing is
  /// ever said.
  explicit ProgressLine(bool shows);
  /// Of a search that may be long without a word: `first` is said after a second, whatever the search does then; where
  /// there is no terminal, too, and then what is new each ten seconds. Made after StopAsked, whose signals its thread
  /// leaves alone.
  ProgressLine(bool shows, std::string first);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  ProgressLine(ProgressLine&&) = delete;
  ProgressLine& operator=(ProgressLine&&) = delete;

  /// May be called as often as one likes: words() is called when it is time for what it gives.
  template <class Words>
  void say(const Words& words) {
    if (is_time()) take(words());
  }
  /// Wipes the line out, and is silent until something is said again.
  void clear();

  bool on_terminal() const { return terminal_; }
  double seconds() const;  ///< since it was made

 private:
  using Clock = std::chrono::steady_clock;

  bool is_time();
  void take(std::string text);
  void show_by_and_by();
  void show(const std::string& text);

  const bool shows_, terminal_;
  const Clock::time_point began_ = Clock::now();
  Clock::time_point last_ = began_;
  std::mutex mutex_;
  std::condition_variable over_;
  std::string text_, shown_;
  bool on_line_ = false, ends_ = false;
  std::thread shower_;
};

/// How far a run is.
class RunProgress {
 public:
  /// Where there is no terminal, `what` is at an instant is told after `first_after` seconds, then ever more rarely.
  RunProgress(bool shows, const Model& model, std::string what = tr("the run is at {}"), double first_after = 10)
      : model_(model), patience_(model, std::move(what), first_after), shows_(shows), line_(shows) {}
  void at(Ticks now);

 private:
  const Model& model_;
  Patience patience_;
  bool shows_;
  ProgressLine line_;
};

}  // namespace mailflow::cli
