// Runs a command and says what it took: processor seconds, seconds by the clock, peak kB, in a line written to FILE.
// Usage: measure FILE COMMAND [ARGUMENT...]; ends as the command does. A program's peak counts from that of the process
// it was started from, so that it must be started from a small one.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>

namespace {

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const auto begin = std::chrono::steady_clock::now();
  const pid_t child = fork();
  if (child < 0) return 4;
  if (child == 0) {
    execvp(argv[2], argv + 2);
    _exit(127);
  }
  int status = 0;
  rusage used{};
  if (wait4(child, &status, 0, &used) != child) return 4;
  const std::chrono::duration<double> clock = std::chrono::steady_clock::now() - begin;
  std::FILE* file = std::fopen(argv[1], "w");
  if (file == nullptr) return 4;
  std::fprintf(file, "%.6f %.6f %ld\n", seconds_of(used.ru_utime) + seconds_of(used.ru_stime), clock.count(),
               used.ru_maxrss);
  std::fclose(file);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 4;
}
