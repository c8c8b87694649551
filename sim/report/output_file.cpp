#include "report/output_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <ext/stdio_filebuf.h>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "core/words.hpp"
#include "report/results_kind.hpp"
#include "report/temporary.hpp"

namespace mailflow {

/// What a name leads to.
struct WrittenTo {
  enum class Kind { new_file, file, stream, standard_output };
  Kind kind = Kind::new_file;
  std::string path;  ///< behind all links
  struct stat there{};
};

namespace {

namespace fs = std::filesystem;

bool same(const struct stat& a, const struct stat& b) { return a.st_dev == b.st_dev && a.st_ino == b.st_ino; }

/// Whether the name is one of the system's for standard output, which is not to be opened a second time.
bool is_standard_output(const std::string& path, const struct stat& there) {
  struct stat out{};
  const bool of_system = path.starts_with("/dev/") || path.starts_with("/proc/");
  return of_system && fstat(STDOUT_FILENO, &out) == 0 && same(there, out);
}

WrittenTo target_of(const std::string& path) {
  WrittenTo target{.path = path};
  if (path == "-") {
    target.kind = WrittenTo::Kind::standard_output;
    return target;
  }
  std::error_code ignored;
  if (stat(path.c_str(), &target.there) == 0) {
    if (S_ISDIR(target.there.st_mode)) throw UnusableOutput(tr("{} cannot be put in place: it is a folder", path));
    if (is_standard_output(path, target.there))
      target.kind = WrittenTo::Kind::standard_output;
    else
      target.kind = S_ISREG(target.there.st_mode) ? WrittenTo::Kind::file : WrittenTo::Kind::stream;
    if (target.kind == WrittenTo::Kind::file)
      if (const fs::path real = fs::canonical(path, ignored); !real.empty()) target.path = real.string();
    return target;
  }
  constexpr int most_links = 40;
  for (int i = 0; i < most_links && fs::is_symlink(target.path, ignored); ++i)  // to a file that is not there yet
    target.path = (fs::path(target.path).parent_path() / fs::read_symlink(target.path, ignored)).string();
  if (fs::is_symlink(target.path, ignored))
    throw UnusableOutput(tr("{} cannot be written: its links lead round in a ring; name another place", path));
  return target;
}

/// In a folder of results only what a command wrote is written over.
void refuse_strange_in_results(const std::string& path, const std::string& real) {
  std::error_code error;
  if (!fs::is_regular_file(real, error) || fs::file_size(real, error) == 0) return;
  if (results_kind_in(fs::path(real).parent_path().string()).empty() || is_log_or_report(real)) return;
  throw UnusableOutput(
      tr("{} is there, in a folder of results, and was not written by mailflow; name another place to write to", path));
}

bool (*is_input)(const std::string& path) = nullptr;  // NOLINT(*-non-const-global-variables): said once, by main()

void refuse_read(const std::string& path, const std::string& real) {
  if (is_own_input(real))
    throw WouldOverwrite(tr("{} was read for this, and is not written over; name another place to write to", path));
}

/// The temporary file, held against other writers, and empty; -1 with errno where it cannot be.
int open_part(const std::string& part, const std::string& path) {
  refuse_read(path, part);
  constexpr int tries = 100;
  for (int i = 0; i < tries; ++i) {
    const int fd = open(part.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (fd < 0) return -1;
    if (flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
      close(fd);
      throw UnusableOutput(tr("{} is being written by another run; wait for its end, or name another place", path));
    }
    struct stat held{}, there{};
    if (fstat(fd, &held) == 0 && stat(part.c_str(), &there) == 0 && same(held, there)) {
      if (S_ISREG(held.st_mode) && ftruncate(fd, 0) != 0) {
        close(fd);
        return -1;
      }
      return fd;
    }
    close(fd);  // another run has just put it in place
  }
  errno = EAGAIN;
  return -1;
}

}  // namespace

void never_write_over(bool (*input)(const std::string& path)) { is_input = input; }

bool is_own_input(const std::string& path) { return is_input != nullptr && is_input(path); }

bool is_folder(const std::string& path) {
  std::error_code unknown;
  return fs::is_directory(path, unknown);
}

void check_not_input(const std::string& path) {
  if (!path.empty() && path != "-") refuse_read(path, path);
}

struct OutputFile::Impl {
  using Buffer = __gnu_cxx::stdio_filebuf<char>;
  static constexpr std::size_t buffered = 1 << 16;

  std::string path;
  WrittenTo target;
  std::optional<Temporary> part;  ///< none: written where it is to stay
  int lock = -1;
  std::unique_ptr<Buffer> buffer;
  std::unique_ptr<std::ostream> stream;
  bool closed = false;

  explicit Impl(std::string name) : path(std::move(name)), target(target_of(path)) {}
  ~Impl() {
    if (lock >= 0) ::close(lock);
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  Impl(Impl&&) = delete;
  Impl& operator=(Impl&&) = delete;

  void begin(int fd, Held held) {
    if (fd < 0 && (errno == ENOSPC || errno == EDQUOT))
      throw NoRoom(tr("{} cannot be written: is the disk full?", path));
    if (fd < 0) throw NotWritable(tr("{} cannot be written", path));
    if (part && held == Held::file) lock = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    buffer = std::make_unique<Buffer>(fd, std::ios::out | std::ios::binary, buffered);
    stream = std::make_unique<std::ostream>(buffer.get());
  }
  int open_replacement() {
    const std::string name = target.path + ".part";
    const int fd = open_part(name, path);
    if (fd < 0) return -1;
    part.emplace(name, Temporary::Kind::file);
    if (target.kind == WrittenTo::Kind::file) {
      if (fchown(fd, target.there.st_uid, target.there.st_gid) != 0) errno = 0;  // not ours to give
      fchmod(fd, target.there.st_mode & 07777U);
    }
    return fd;
  }
  int open_target() {
    switch (target.kind) {
      case WrittenTo::Kind::standard_output:
        return fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0);
      case WrittenTo::Kind::stream:
        return open(path.c_str(), O_WRONLY | O_CLOEXEC);
      case WrittenTo::Kind::new_file:
      case WrittenTo::Kind::file:
        break;
    }
    const bool there = target.kind == WrittenTo::Kind::file;
    if (there && access(target.path.c_str(), W_OK) != 0) return -1;
    const int fd = open_replacement();
    // a file that may be written, in a folder where none may be made
    return fd < 0 && there ? open(target.path.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC) : fd;
  }
};

OutputFile::OutputFile(const std::string& path, Held held) : impl_(std::make_unique<Impl>(path)) {
  refuse_read(path, impl_->target.path);
  if (held == Held::file) refuse_strange_in_results(path, impl_->target.path);
  impl_->begin(impl_->open_target(), held);
}

OutputFile::~OutputFile() = default;
OutputFile::OutputFile(OutputFile&& other) noexcept = default;

std::ostream& OutputFile::stream() { return *impl_->stream; }
const std::string& OutputFile::path() const { return impl_->path; }

void OutputFile::close() {
  if (impl_->closed) return;
  impl_->closed = true;
  impl_->stream->flush();
  const bool written = static_cast<bool>(*impl_->stream);
  if (impl_->buffer->close() == nullptr || !written)
    throw NoRoom(tr("{} cannot be written: is the disk full?", impl_->path));
}

void OutputFile::keep() {
  close();
  if (!impl_->part) return;
  std::error_code error;
  fs::rename(impl_->part->path(), impl_->target.path, error);
  if (error) throw OutputFailure(tr("{} cannot be put in place: {}", impl_->path, error.message()));
  impl_->part->keep();
}

void write_file(const std::string& path, const std::string& text) {
  OutputFile file(path);
  file.stream().write(text.data(), static_cast<std::streamsize>(text.size()));
  file.keep();
}

void check_output(const std::string& path) {
  if (path.empty()) return;
  const WrittenTo target = target_of(path);
  if (target.kind == WrittenTo::Kind::standard_output) return;
  refuse_read(path, target.path);
  refuse_strange_in_results(path, target.path);
  if (target.kind != WrittenTo::Kind::new_file) {
    if (access(path.c_str(), W_OK) != 0)
      throw UnusableOutput(tr("{} cannot be written: it is not yours to write", path));
    return;
  }
  const fs::path folder = fs::path(target.path).parent_path();
  try {
    try_folder(folder.string());
  } catch (const UnusableOutput&) {
    throw UnusableOutput(tr("{} cannot be written", path));
  }
}

void try_folder(const std::string& folder) {
  const std::string within = folder.empty() ? "." : folder;
  if (const int fd = open(within.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600); fd >= 0) {
    close(fd);  // it never had a name: nothing of it is left, wherever the program is killed
    return;
  }
  if (errno == EOPNOTSUPP ||
      errno == EISDIR) {  // a file system without such files: one name for all, so that it is one
    const std::string tried = (fs::path(within) / ".mailflow-try").string();
    const bool made = mkdir(tried.c_str(), 0700) == 0 || errno == EEXIST;
    const int why = errno;
    rmdir(tried.c_str());
    if (made) return;
    errno = why;
  }
  const std::string why = std::generic_category().message(errno);
  if (errno == ENOSPC || errno == EDQUOT)
    throw OutputFailure(tr("the folder {} cannot be written to: {}", folder, why));
  throw UnusableOutput(tr("the folder {} cannot be written to: {}", folder, why));
}

}  // namespace mailflow
