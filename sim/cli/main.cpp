#include <fcntl.h>
#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string_view>

#include "cli/exit_status.hpp"
#include "cli/machine_memory.hpp"
#include "cli/options.hpp"
#include "cli/tell.hpp"
#include "core/memory.hpp"
#include "core/words.hpp"
#include "report/output_file.hpp"
#include "report/temporary.hpp"
#include "report/window.hpp"
#include "scenario/files/files_read.hpp"

namespace {

/// The language that is asked for by --lang; empty: none. To be spoken before the words are read, for their help.
std::string language_asked(int argc, const char* const* argv) {
  constexpr std::string_view option = "--lang";
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == option && i + 1 < argc) return argv[i + 1];
    if (word.starts_with(option) && word.substr(option.size()).starts_with('=')) return argv[i] + option.size() + 1;
  }
  return "";
}

/// As asked for, or of the environment: LC_ALL, LC_MESSAGES or LANG, the first that is set; English when it is no
/// language of ours.
mailflow::Language language_of(const std::string& asked) {
  if (const auto named = mailflow::language_named(asked)) return *named;
  for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(variable);  // NOLINT(concurrency-mt-unsafe): before any thread
    if (value != nullptr && *value != '\0') return mailflow::language_named(value).value_or(mailflow::Language::en);
  }
  return mailflow::Language::en;
}

/// Bounds what this process may take: `asked_for`, or by the machine; processes of one MPI job here share it.
void share_memory(const std::string& asked_for) {
  int ranks = 1;
  for (const char* variable : {"OMPI_COMM_WORLD_LOCAL_SIZE", "MPI_LOCALNRANKS"}) {
    const char* value = std::getenv(variable);  // NOLINT(concurrency-mt-unsafe): before any thread
    const std::string_view text = value == nullptr ? "" : value;
    int found = 1;
    std::from_chars(text.data(), text.data() + text.size(), found);
    ranks = std::max(ranks, found);
  }
  const auto bytes = asked_for.empty() ? mailflow::memory_by_default(ranks) : mailflow::parse_memory(asked_for);
  if (bytes) mailflow::bound_memory(asked_for.empty() ? *bytes : *bytes / ranks, mailflow::memory_taken);
}

/// Holds that no less memory is given than the program has by now, with nothing read.
void hold_enough_memory(const std::string& asked_for) {
  const std::int64_t taken = mailflow::memory_taken();
  if (!asked_for.empty() && mailflow::memory_bound() <= taken)
    throw mailflow::cli::UnusableRequest(
        mailflow::tr("--memory {} is less than the program itself takes before it reads anything, {}; give more",
                     asked_for, mailflow::shown_memory(taken)));
}

/// Of the environment: set, and not to nothing.
bool is_set(const char* variable) {
  const char* value = std::getenv(variable);  // NOLINT(concurrency-mt-unsafe): before any thread
  return value != nullptr && *value != '\0';
}

/// What standard output is shown in: a terminal's width and colours, or what COLUMNS, NO_COLOR (no-color.org) and
/// CLICOLOR_FORCE ask for.
mailflow::Window window_of_output() {
  constexpr std::size_t least = 40;  // a table's names alone want more
  mailflow::Window window;
  winsize size{};
  // One without a width is another program's, as mpirun's for its ranks.
  const bool terminal = isatty(STDOUT_FILENO) != 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  if (is_set("COLUMNS")) {
    const std::string_view text = std::getenv("COLUMNS");  // NOLINT(concurrency-mt-unsafe)
    std::from_chars(text.data(), text.data() + text.size(), window.columns);
  } else if (terminal) {
    window.columns = size.ws_col;
  }
  if (window.columns < least) window.columns = window.columns > 0 ? least : 0;
  const char* kind = std::getenv("TERM");  // NOLINT(concurrency-mt-unsafe)
  const bool can = terminal && kind != nullptr && std::string_view(kind) != "dumb";
  window.colours = !is_set("NO_COLOR") && (can || is_set("CLICOLOR_FORCE"));
  return window;
}

/// The command that the words ask for: its exit status.
int obey(int argc, char** argv) {
  const mailflow::cli::Asked asked = mailflow::cli::read_words(argc, argv);
  if (!asked.command) return asked.status;
  const mailflow::ShowsIn shows(window_of_output());
  share_memory(asked.memory);
  hold_enough_memory(asked.memory);
  return asked.command();
}

/// Standard streams that are closed are held, so that no file of the program's is opened in the place of one, and what
/// is printed written into it. To standard output nothing can then be written, and all_printed() will tell.
void hold_standard_streams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (fcntl(stream, F_GETFD) < 0) open("/dev/null", stream == STDERR_FILENO ? O_WRONLY : O_RDONLY);
}

/// Whether all that was printed got where it was to go.
bool all_printed() {
  std::cout.flush();
  const bool flushed = std::fflush(stdout) == 0;
  return flushed && std::ferror(stdout) == 0 && std::cout.good();
}

}  // namespace

int main(int argc, char** argv) {
  using namespace mailflow::cli;
  hold_standard_streams();
  try {
    mailflow::speak_by_default(language_of(language_asked(argc, argv)));
    mailflow::end_tidily();
    mailflow::never_write_over(&mailflow::was_read);
    const int status = guarded({}, [&] { return obey(argc, argv); });
    if (all_printed()) return status;
    tell("{}", mailflow::tr("mailflow: standard output cannot be written: is the disk full?\n"));
    return status > target_missed ? status : run_failed;
  } catch (...) {  // not even words could be made of what failed
    std::fputs("mailflow: the program failed\n", stderr);
  }
  return run_failed;
}
