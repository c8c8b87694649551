// Files and folders that are there for a while only, and are gone however the program ends.
#pragma once

#include <string>

namespace mailflow {

/// Takes a file, a folder with all that is in it, or a folder that nothing was put into, away at its end, or when a
/// signal ends the program (end_tidily()), unless it has been kept.
class Temporary {
 public:
  enum class Kind { file, folder, empty_folder };
  Temporary(std::string path, Kind kind);
  ~Temporary();
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  Temporary(Temporary&& other) noexcept;
  Temporary& operator=(Temporary&&) = delete;

  const std::string& path() const { return path_; }
  /// It stays, by this name or another.
  void keep();

 private:
  std::string path_;
  Kind kind_;
  void* entry_;
};

/// Makes a folder in the one for temporary files, to be taken away by a Temporary; its path, empty where there can be
/// none. Takes away, too, what killed processes left of this kind: folders of this user that begin so and that no
/// process holds.
std::string temporary_folder(const std::string& begins);

/// All that stands in a file; empty where it cannot be read.
std::string bytes_of(const std::string& path);

/// From here on a signal that ends the program (SIGINT, SIGTERM, SIGHUP, ...) takes all temporary files away first.
void end_tidily();

/// Takes all of them away; may be called by a signal handler.
void remove_temporaries() noexcept;

/// Ends the program by a signal that a thread of its own waited for, as soon as no Uninterrupted lives: takes all
/// temporary files away first.
[[noreturn]] void end_by(int signal) noexcept;

/// Holds back, while it lives, the signals that would end the program.
class Uninterrupted {
 public:
  Uninterrupted();
  ~Uninterrupted();
  Uninterrupted(const Uninterrupted&) = delete;
  Uninterrupted& operator=(const Uninterrupted&) = delete;
  Uninterrupted(Uninterrupted&&) = delete;
  Uninterrupted& operator=(Uninterrupted&&) = delete;

 private:
  struct Before;
  Before* before_;
};

}  // namespace mailflow
