// One file written so that nothing half-written is ever found under its name, and nothing that was there is lost by
// mistake. The only code of the program that puts files in their place.
//
// A link is followed, a pipe or device is written to, "-" is standard output; the file's mode stays. A file that this
// process has read (never_write_over()) is not written over, nor is one that another run is writing.
#pragma once

#include <memory>
#include <ostream>
#include <stdexcept>
#include <string>

namespace mailflow {

struct OutputFailure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Nothing can be written where it was asked for: a mistake of the command's, found before anything is run where it can
/// be. A disk that is full is none.
struct UnusableOutput : OutputFailure {
  using OutputFailure::OutputFailure;
};

/// What was begun cannot be written on: is the disk full?
struct NoRoom : OutputFailure {
  using OutputFailure::OutputFailure;
};

/// A file cannot be opened to be written.
struct NotWritable : UnusableOutput {
  using UnusableOutput::UnusableOutput;
};

/// What was read would be written over.
struct WouldOverwrite : UnusableOutput {
  using UnusableOutput::UnusableOutput;
};

/// Says once, before anything is written, which files are none to write over: those that were read.
void never_write_over(bool (*input)(const std::string& path));
bool is_own_input(const std::string& path);

class OutputFile {
 public:
  /// Whether the file is held against other writers, or its folder is.
  enum class Held { file, folder };
  /// Begins to write; throws OutputFailure where that cannot be.
  explicit OutputFile(const std::string& path, Held held = Held::file);
  ~OutputFile();
  OutputFile(OutputFile&& other) noexcept;
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  OutputFile& operator=(OutputFile&&) = delete;

  std::ostream& stream();
  const std::string& path() const;
  /// No more is written; throws OutputFailure when not all of it could be.
  void close();
  /// Closes it and gives it its name; without this nothing of it remains.
  void keep();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Writes the whole of a file; throws OutputFailure.
void write_file(const std::string& path, const std::string& text);

/// Whether a folder stands at `path`; not where that cannot be known.
bool is_folder(const std::string& path);

/// Throws WouldOverwrite where `path` has been read.
void check_not_input(const std::string& path);

/// Throws UnusableOutput where `path` is a file that has been read, a folder, or not to be written to; to be asked
/// before a long run, after its scenario has been read. Nothing for an empty path.
void check_output(const std::string& path);

/// Throws UnusableOutput when no file can be made in a folder that is there: it tries, and leaves nothing.
void try_folder(const std::string& folder);

}  // namespace mailflow
