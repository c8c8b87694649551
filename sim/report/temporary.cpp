#include "report/temporary.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>
#include <utility>

namespace mailflow {

namespace {

/// One of a list that only grows, so that a signal handler may walk it at any time.
struct Entry {
  std::atomic<const char*> path = nullptr;  ///< null: free
  std::atomic<Temporary::Kind> kind = Temporary::Kind::file;
  const char* text = nullptr;  ///< what `path` has pointed to: as the entry never freed
  Entry* next = nullptr;
};

std::atomic<Entry*> entries = nullptr;  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables): of the process

constexpr std::array ending = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGXCPU};

Entry* enter(const std::string& path, Temporary::Kind kind) {
  auto* entry = new Entry;  // never freed: a handler may be walking over it
  auto* text = new char[path.size() + 1];
  path.copy(text, path.size());
  text[path.size()] = '\0';
  entry->path = entry->text = text;
  entry->kind = kind;
  entry->next = entries.load();
  while (!entries.compare_exchange_weak(entry->next, entry)) {
  }
  return entry;
}

/// With functions that a signal handler may call.
void remove_folder(const char* path) noexcept {
  const pid_t child = fork();
  if (child == 0) {
    execl("/bin/rm", "rm", "-rf", "--", path, static_cast<char*>(nullptr));
    _exit(127);
  }
  if (child > 0) waitpid(child, nullptr, 0);
}

extern "C" void tidy_and_end(int signal) {
  remove_temporaries();
  struct sigaction by_default{};
  by_default.sa_handler = SIG_DFL;
  sigaction(signal, &by_default, nullptr);
  raise(signal);
}

sigset_t ending_signals() {
  sigset_t all;
  sigemptyset(&all);
  for (const int signal : ending)
    if (signal != SIGPIPE && signal != SIGXCPU) sigaddset(&all, signal);
  return all;
}

}  // namespace

Temporary::Temporary(std::string path, Kind kind) : path_(std::move(path)), kind_(kind), entry_(enter(path_, kind)) {}

Temporary::Temporary(Temporary&& other) noexcept
    : path_(std::move(other.path_)), kind_(other.kind_), entry_(std::exchange(other.entry_, nullptr)) {}

void Temporary::keep() {
  if (entry_ != nullptr) static_cast<Entry*>(entry_)->path = nullptr;
  entry_ = nullptr;
}

Temporary::~Temporary() {
  if (entry_ == nullptr) return;
  std::error_code ignored;
  if (kind_ == Kind::folder)
    std::filesystem::remove_all(path_, ignored);
  else if (kind_ == Kind::empty_folder)
    rmdir(path_.c_str());
  else
    std::filesystem::remove(path_, ignored);
  keep();
}

namespace {

/// A folder that nobody holds, and which was not just made by a process that is about to.
bool is_left_over(const std::string& path) {
  constexpr std::time_t a_minute = 60;
  const int fd = open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0) return false;
  struct stat there{};
  const bool left = fstat(fd, &there) == 0 && there.st_uid == geteuid() &&
                    std::time(nullptr) - there.st_mtime > a_minute && flock(fd, LOCK_EX | LOCK_NB) == 0;
  close(fd);
  return left;
}

}  // namespace

std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string temporary_folder(const std::string& begins) {
  namespace fs = std::filesystem;
  std::error_code ignored;
  const fs::path all = fs::temp_directory_path(ignored);
  for (fs::directory_iterator entry(all, ignored), end; !ignored && entry != end; entry.increment(ignored)) {
    std::error_code failed;
    if (entry->path().filename().string().starts_with(begins) && is_left_over(entry->path().string()))
      fs::remove_all(entry->path(), failed);
  }
  std::string path = (all / (begins + "XXXXXX")).string();
  if (mkdtemp(path.data()) == nullptr) return "";
  // held by this process to its end, and by those that it starts
  const int held = open(path.c_str(), O_RDONLY | O_DIRECTORY);  // NOLINT(android-cloexec-open)
  if (held >= 0) flock(held, LOCK_SH);
  return path;
}

void end_tidily() {
  // a file larger than it may be (ulimit -f) is told as a disk that is full
  std::signal(SIGXFSZ, SIG_IGN);
  struct sigaction tidy{};
  tidy.sa_handler = tidy_and_end;
  sigfillset(&tidy.sa_mask);
  for (const int signal : ending) {
    struct sigaction before{};
    if (sigaction(signal, nullptr, &before) == 0 && before.sa_handler == SIG_DFL) sigaction(signal, &tidy, nullptr);
  }
}

void remove_temporaries() noexcept {
  for (const Entry* entry = entries; entry != nullptr; entry = entry->next) {
    const char* path = entry->path;
    if (path == nullptr) continue;
    const Temporary::Kind kind = entry->kind;
    switch (kind) {
      case Temporary::Kind::folder:
        remove_folder(path);
        break;
      case Temporary::Kind::empty_folder:
        rmdir(path);
        break;
      case Temporary::Kind::file:
        unlink(path);
        break;
    }
  }
}

namespace {

/// Held by who is not to be interrupted.
std::recursive_mutex& of_the_uninterrupted() {
  static std::recursive_mutex mutex;
  return mutex;
}

}  // namespace

void end_by(int signal) noexcept {
  of_the_uninterrupted().lock();  // for good
  remove_temporaries();
  struct sigaction by_default{};
  by_default.sa_handler = SIG_DFL;
  sigaction(signal, &by_default, nullptr);
  sigset_t this_one;
  sigemptyset(&this_one);
  sigaddset(&this_one, signal);
  pthread_sigmask(SIG_UNBLOCK, &this_one, nullptr);
  raise(signal);
  _exit(128 + signal);
}

struct Uninterrupted::Before {
  sigset_t mask{};
  std::scoped_lock<std::recursive_mutex> lock{of_the_uninterrupted()};
};

Uninterrupted::Uninterrupted() : before_(new Before) {
  const sigset_t all = ending_signals();
  pthread_sigmask(SIG_BLOCK, &all, &before_->mask);
}

Uninterrupted::~Uninterrupted() {
  pthread_sigmask(SIG_SETMASK, &before_->mask, nullptr);
  delete before_;
}

}  // namespace mailflow
