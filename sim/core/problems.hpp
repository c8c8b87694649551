// Problems found in what a planner wrote: each with its place, what was found, what is allowed, and a way out.
//
// An error is what nothing can be done with; a warning is legal and hopeless, or likely not meant; a note only says
// what was made of it, and is counted nowhere.
//
// Checking never stops at the first problem: readers add to one `Problems` and the caller prints them all, in order of
// position:
//
//   hub.yaml:14:13: error: rate is "0 items/h"; it must be above 0
//     14 |       rate: 0 items/h
//        |             ^
//     help: to take the machine out of service, set available: false
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mailflow {

/// The lines of a text, without their ends (of any system: LF, CR LF or CR), over the one copy of it.
class SourceLines {
 public:
  SourceLines() = default;
  /// A mark of UTF-8 before the text is left out.
  explicit SourceLines(std::string text);

  std::size_t size() const { return starts_.size(); }
  bool empty() const { return starts_.empty(); }
  std::string_view operator[](std::size_t line) const;

 private:
  std::string text_;
  std::vector<std::size_t> starts_;
};

/// A file held in memory for as long as places in it may be printed.
struct SourceFile {
  std::string path;  ///< as the user wrote it
  SourceLines lines;
};

/// A place in a file: line and column count from 1; 0 means the file as a whole.
struct Place {
  std::shared_ptr<const SourceFile> file;
  int line = 0;
  int column = 0;
};

struct Problem {
  enum class Severity { error, warning, note };
  Severity severity = Severity::error;
  Place place;
  std::string message;   ///< one line, no full stop at its end
  std::string help;      ///< a way out; may be empty
  bool no_mail = false;  ///< it is that no mail reaches a station
};

class Problems {
 public:
  void error(Place place, std::string message, std::string help = {});
  void warning(Place place, std::string message, std::string help = {});
  void note(Place place, std::string message, std::string help = {});
  /// One that was found elsewhere.
  void add(Problem problem) { all_.push_back(std::move(problem)); }

  bool has_errors() const;
  /// Of all that differ: what is written once and read twice is told once.
  std::size_t errors() const;
  std::size_t warnings() const;
  bool empty() const { return all_.empty(); }
  /// In order of file (as first met) and position.
  std::vector<Problem> sorted() const;
  /// As shown above, in that order; of many of one kind (alike but for numbers and quotes) five and a count of the
  /// rest.
  std::string text() const;

 private:
  friend class ErrorsSince;
  std::size_t count(Problem::Severity severity) const;

  std::vector<Problem> all_;
};

/// The errors that are met from now on. One that was met before counts as well: of a thing that is written once and
/// read twice each reading knows whether it failed.
class ErrorsSince {
 public:
  explicit ErrorsSince(const Problems& problems) : problems_(problems), from_(problems.all_.size()) {}
  bool any() const { return count() > 0; }
  std::size_t count() const;

 private:
  const Problems& problems_;
  std::size_t from_;
};

/// The candidate nearest to `word` by edit distance (optimal string alignment), or empty when none is near enough to be
/// what was meant (more than a third of the letters differ).
std::string nearest(const std::string& word, const std::vector<std::string>& candidates);

}  // namespace mailflow
