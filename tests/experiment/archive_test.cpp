// What an archive promises: kept figures are there to the bit, after a kill and beside other processes.
#include "experiment/archive.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <limits>
#include <random>
#include <string>

#include "experiment/database.hpp"

using namespace mailflow;

namespace {

namespace fs = std::filesystem;

/// A folder of its own for one test, removed at its end.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "mailflow-archive-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  Folder(Folder&&) = delete;
  Folder& operator=(Folder&&) = delete;
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }

 private:
  fs::path path_;
};

ScenarioRecord record(const std::string& fingerprint) {
  Measure share{"on_time.share", {"À l'heure", "On time"}, "share", Better::more, Measure::Kind::mean, true, -1};
  Measure days{"targets.all.met", {"", ""}, "share", Better::more, Measure::Kind::days, true, 0};
  Measure in{"in", {"Arrivés", "Came"}, "items", Better::neither, Measure::Kind::mean, false, -1};
  return {fingerprint, "to-day", "a b.yaml", "mailflow: 1\n# \"quoted\" 'text'\n", "0.1.0", {share, days, in}};
}

/// Runs SQL on a file without the archive; the rows, cells by '|', "NULL" for NULL.
std::vector<std::string> sql(const std::string& path, const std::string& text) {
  std::vector<std::string> rows;
  const auto row = [](void* to, int n, char** cells, char**) {
    std::string line;
    for (int i = 0; i < n; ++i) line += (i > 0 ? "|" : "") + std::string(cells[i] == nullptr ? "NULL" : cells[i]);
    static_cast<std::vector<std::string>*>(to)->push_back(line);
    return 0;
  };
  sqlite3* db = nullptr;
  const bool open = sqlite3_open(path.c_str(), &db) == SQLITE_OK;
  const int code = open ? sqlite3_exec(db, text.c_str(), row, &rows, nullptr) : SQLITE_CANTOPEN;
  const std::string message = sqlite3_errmsg(db);
  sqlite3_close(db);
  INFO(message);
  REQUIRE(code == SQLITE_OK);
  return rows;
}

std::string failure(const std::string& path, ArchiveUse use = ArchiveUse::keep) {
  try {
    const Archive archive(path, use);
  } catch (const ArchiveFailure& e) {
    return e.what();
  }
  return "none";
}

std::vector<std::uint64_t> bits(const Observation& values) {
  std::vector<std::uint64_t> all;
  for (const double value : values) all.push_back(std::bit_cast<std::uint64_t>(value));
  return all;
}

/// Values with every kind of double, different in each replication.
Observation observation(std::uint64_t replication) {
  std::mt19937_64 random(replication);
  Observation values;
  for (int i = 0; i < 40; ++i) values.push_back(std::bit_cast<double>(random()));
  return values;
}

/// A process that does this; its status is 0 unless it throws.
pid_t process(const std::function<void()>& work) {
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child > 0) return child;
  try {
    work();
  } catch (...) {
    _exit(1);
  }
  _exit(0);
}

int status_of(pid_t child) {
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  return status;
}

}  // namespace

TEST_CASE("What is kept comes back to the bit") {
  const Folder folder;
  const std::string path = folder / "a.mailflow";
  using Limits = std::numeric_limits<double>;
  const Observation strange = {0.0,
                               -0.0,
                               1.0 / 3,
                               0.1,
                               Limits::denorm_min(),
                               -Limits::denorm_min(),
                               Limits::min(),
                               Limits::max(),
                               Limits::lowest(),
                               Limits::infinity(),
                               -Limits::infinity(),
                               Limits::quiet_NaN(),
                               -Limits::quiet_NaN(),
                               std::bit_cast<double>(std::uint64_t{0x7ff8'0000'0000'1234}),
                               5e-324,
                               9007199254740993.0,
                               1e15,
                               -1e300};
  const std::uint64_t seeds[] = {0, 1, std::numeric_limits<std::uint64_t>::max()};
  {
    Archive archive(path);
    const auto id = archive.scenario(record("one"));
    CHECK(id == 1);
    for (const std::uint64_t seed : seeds) archive.keep(id, seed, 1, strange);
    for (std::uint64_t r = 2; r <= 500; ++r) archive.keep(id, 1, r, observation(r));
    archive.keep(id, 1, 501, {});
  }
  const Archive archive(path, ArchiveUse::read);
  for (const std::uint64_t seed : seeds) CHECK(bits(archive.replications(1, seed, 1, 1).at(1)) == bits(strange));
  const auto all = archive.replications(1, 1, 2, std::numeric_limits<std::uint64_t>::max());
  CHECK(all.size() == 500);
  for (std::uint64_t r = 2; r <= 500; ++r) CHECK(bits(all.at(r)) == bits(observation(r)));
  CHECK(all.at(501).empty());
  CHECK(archive.replications(1, 1, 10, 12).size() == 3);
  CHECK(archive.replications(1, 2, 1, 12).empty());
  CHECK(archive.replications(2, 1, 1, 12).empty());
}

TEST_CASE("Scenarios are known by their fingerprints and listed with all that was told") {
  const Folder folder;
  Archive archive(folder / "a.mailflow");
  CHECK(archive.scenarios().empty());
  CHECK(archive.scenario(record("one")) == 1);
  CHECK(archive.scenario(record("two")) == 2);
  CHECK(archive.scenario(record("one")) == 1);
  CHECK(archive.scenario(record("three")) == 3);
  archive.keep(2, 7, 1, {1, 2, 3});
  archive.keep(2, 7, 3, {1, 2, 3});
  archive.keep(2, 18446744073709551615U, 1, {1, 2, 3});
  const auto all = archive.scenarios();
  REQUIRE(all.size() == 3);
  const KeptScenario& two = all[1];
  const ScenarioRecord told = record("two");
  CHECK(two.id == 2);
  CHECK(two.record.fingerprint == "two");
  CHECK(two.record.name == told.name);
  CHECK(two.record.file == told.file);
  CHECK(two.record.text == told.text);
  CHECK(two.record.program == told.program);
  CHECK(two.replications == std::map<std::uint64_t, std::int64_t>{{7, 2}, {18446744073709551615U, 1}});
  CHECK(two.first_used.size() == std::string("2026-11-24T02:10:00Z").size());
  CHECK(two.last_used >= two.first_used);
  REQUIRE(two.record.measures.size() == told.measures.size());
  for (std::size_t m = 0; m < told.measures.size(); ++m) {
    const Measure &kept = two.record.measures[m], &given = told.measures[m];
    CHECK(kept.name == given.name);
    CHECK(kept.label.fr == given.label.fr);
    CHECK(kept.label.en == given.label.en);
    CHECK(kept.unit == given.unit);
    CHECK(kept.better == given.better);
    CHECK(kept.kind == given.kind);
    CHECK(kept.headline == given.headline);
    CHECK(kept.target == given.target);
  }
}

TEST_CASE("A replication kept twice is kept once, as it was first") {
  const Folder folder;
  Archive archive(folder / "a.mailflow");
  const auto id = archive.scenario(record("one"));
  archive.keep(id, 1, 1, {1, 2, 3});
  archive.keep(id, 1, 1, {4, 5, 6});
  CHECK(archive.replications(id, 1, 1, 9) == std::map<std::uint64_t, Observation>{{1, {1, 2, 3}}});
  CHECK_THROWS_AS(archive.keep(99, 1, 1, {1}), ArchiveFailure);
  archive.keep(id, 1, 2, {7, 8, 9});  // a failure before does not matter
  CHECK(archive.replications(id, 1, 1, 9).size() == 2);
}

TEST_CASE("Analysts read the figures with plain SQL") {
  const Folder folder;
  const std::string path = folder / "a.mailflow";
  {
    Archive archive(path);
    const auto id = archive.scenario(record("one"));
    archive.keep(id, 7, 1, {0.25, std::nan(""), 30});
    archive.keep(id, 7, 2, {0.75, -std::nan(""), 31});
  }
  CHECK(sql(path, "SELECT * FROM figure WHERE replication = 1") ==
        std::vector<std::string>{"1|7|1|on_time.share|0.25", "1|7|1|targets.all.met|NULL", "1|7|1|in|30.0"});
  CHECK(sql(path, "SELECT measure, avg(value) FROM figure GROUP BY measure") ==
        std::vector<std::string>{"in|30.5", "on_time.share|0.5", "targets.all.met|NULL"});
  CHECK(sql(path, "PRAGMA journal_mode") == std::vector<std::string>{"wal"});
}

TEST_CASE("Two processes write one archive at the same time and lose nothing") {
  const Folder folder;
  const std::string path = folder / "a.mailflow";
  const auto writer = [&](const std::string& fingerprint, std::uint64_t first) {
    return process([&path, fingerprint, first] {
      Archive archive(path);  // both make it
      const auto own = archive.scenario(record(fingerprint));
      const auto common = archive.scenario(record("common"));
      for (std::uint64_t r = first; r < first + 200; ++r) {
        archive.keep(own, 1, r, observation(r));
        archive.keep(common, 1, r, observation(r));  // 101..200 by both
      }
    });
  };
  const pid_t one = writer("one", 1);
  const pid_t two = writer("two", 101);
  CHECK(status_of(one) == 0);
  CHECK(status_of(two) == 0);
  const Archive archive(path, ArchiveUse::read);
  const auto all = archive.scenarios();
  REQUIRE(all.size() == 3);
  for (const KeptScenario& kept : all) {
    const bool common = kept.record.fingerprint == "common";
    const auto found = archive.replications(kept.id, 1, 1, 1000);
    CHECK(found.size() == (common ? 300 : 200));
    for (const auto& [replication, values] : found) CHECK(bits(values) == bits(observation(replication)));
  }
}

TEST_CASE("What was told to be kept is there after a kill") {
  const Folder folder;
  const std::string path = folder / "a.mailflow";
  std::mt19937_64 random(1);
  for (std::uint64_t round = 1; round <= 50; ++round) {
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    const pid_t child = process([&] {
      close(ends[0]);
      Archive archive(path);
      const auto id = archive.scenario(record("one"));
      for (std::uint64_t r = 1;; ++r) {
        archive.keep(id, round, r, observation(r));
        if (write(ends[1], &r, sizeof r) != sizeof r) return;
      }
    });
    close(ends[1]);
    const std::uint64_t enough = random() % 60;  // 0: while it opens the archive, perhaps makes it
    std::uint64_t told = 0, number = 0;
    while (told < enough && read(ends[0], &number, sizeof number) == sizeof number) told = number;
    REQUIRE(kill(child, SIGKILL) == 0);
    CHECK(WIFSIGNALED(status_of(child)));
    while (read(ends[0], &number, sizeof number) == sizeof number) told = number;
    close(ends[0]);
    CHECK(told >= enough);

    const Archive archive(path);
    const auto found = archive.replications(1, round, 1, std::numeric_limits<std::uint64_t>::max());
    CHECK(found.size() >= told);
    CHECK(found.size() <= told + 1);  // kept, and killed before it was told
    for (const auto& [replication, values] : found) {
      CHECK(replication <= told + 1);
      CHECK(bits(values) == bits(observation(replication)));
    }
  }
  CHECK(sql(path, "PRAGMA integrity_check") == std::vector<std::string>{"ok"});
}

TEST_CASE("What cannot be an archive is told so in plain words, and left as it is") {
  const Folder folder;
  const std::string text = folder / "notes.txt";
  std::ofstream(text) << std::string(5000, 'x');
  CHECK(failure(text) == text + " is not an archive of replications");
  CHECK(fs::file_size(text) == 5000);
  const std::string short_text = folder / "short.txt";
  std::ofstream(short_text) << "mailflow: 1\n";
  CHECK(failure(short_text) == short_text + " is not an archive of replications");

  const std::string other = folder / "other.sqlite";
  sql(other, "CREATE TABLE t (x)");
  CHECK(failure(other) == other + " is not an archive of replications");
  CHECK(sql(other, "PRAGMA journal_mode") == std::vector<std::string>{"delete"});

  const std::string later = folder / "later.mailflow";
  CHECK(failure(later) == "none");
  sql(later, "PRAGMA user_version = 2");
  CHECK(failure(later) == later + " is of format 2, of a later mailflow; this one (0.1.0) reads format 1");

  CHECK(failure(folder / "") == (folder / "") + " is a folder; an archive is a file");
  const std::string nowhere = folder / "nowhere";
  CHECK(failure(nowhere + "/a.mailflow") == nowhere + "/a.mailflow cannot be opened: there is no folder " + nowhere);
  CHECK(failure("") == "an archive needs a file name");

  const std::string absent = folder / "absent.mailflow";
  CHECK(failure(absent, ArchiveUse::read) == "there is no archive " + absent);
  CHECK_FALSE(fs::exists(absent));
  const std::string empty = folder / "empty";
  std::ofstream(empty).close();
  CHECK(failure(empty, ArchiveUse::read) == empty + " is not an archive of replications");
  CHECK(fs::file_size(empty) == 0);
  CHECK(failure(empty) == "none");
}

TEST_CASE("A folder that cannot be written is told so; an archive in it can be read") {
  const Folder folder;
  const std::string within = folder / "closed";
  fs::create_directory(within);
  {
    Archive archive(within + "/a%20?#.mailflow");
    archive.keep(archive.scenario(record("one")), 1, 1, {1, 2, 3});
  }
  fs::permissions(folder / "", fs::perms::all);
  fs::permissions(within, static_cast<fs::perms>(0555));
  const std::string said = folder / "said";
  const pid_t child = process([&] {
    if (getuid() == 0 && setuid(65534) != 0) throw std::runtime_error("nobody is missing");
    std::ofstream out(said);
    out << failure(within + "/new.mailflow") << '\n' << failure(within + "/a%20?#.mailflow") << '\n';
    out << Archive(within + "/a%20?#.mailflow", ArchiveUse::read).replications(1, 1, 1, 9).size() << '\n';
  });
  CHECK(status_of(child) == 0);
  fs::permissions(within, fs::perms::owner_all);
  std::ifstream in(said);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  CHECK(text == within + "/new.mailflow cannot be made: the folder " + within +
                    " cannot be written to; choose another\n" + within +
                    "/a%20?#.mailflow cannot be written: the file or its folder is not yours to write\n1\n");
}

TEST_CASE("Each way in which SQLite fails is told in words, with a way out") {
  const auto told = [](int code) {
    try {
      archive_failure("kept.db", code, "details");
    } catch (const ArchiveFailure& e) {
      return std::string(e.what());
    }
    return std::string("none");
  };
  CHECK(told(SQLITE_FULL) == "kept.db cannot grow: the disk is full; what was kept so far is safe");
  CHECK(told(SQLITE_BUSY) ==
        "kept.db has been locked by another program for a minute; close that program and try again");
  CHECK(told(SQLITE_BUSY_SNAPSHOT) == told(SQLITE_BUSY));
  CHECK(told(SQLITE_LOCKED) == told(SQLITE_BUSY));
  CHECK(told(SQLITE_CORRUPT) == "kept.db is damaged (details); restore a copy or begin a new archive");
  CHECK(told(SQLITE_IOERR_WRITE) == "kept.db cannot be read or written (details): is the disk full or gone?");
  CHECK(told(SQLITE_READONLY) == "kept.db cannot be written: the file or its folder is not yours to write");
  CHECK(told(SQLITE_NOTADB) == "kept.db is not an archive of replications");
}
