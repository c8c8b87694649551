// Replications kept in one SQLite file, so that none is run twice and an interrupted experiment goes on where it
// stopped.
//
// A scenario is identified by its fingerprint: a hash of the model as run (not of how its file is written) and of the
// program's sources. Each replication is written in a transaction of its own (WAL, synchronous=NORMAL), so that what
// was told to be kept is there after a kill (a power cut may take the last of them); several processes may write the
// same file at once (each waits for the other up to a minute), and the same replication kept twice is kept once. An
// archive is made where there is none. Not thread-safe: one thread uses an Archive, but for close_for_good().
//
// For analysts, the view `figure` (scenario, seed, replication, measure, value) reads with plain SQL; a value is NULL
// where a replication had nothing to measure. Underneath, `scenario` keeps a row for each ScenarioRecord, its measures
// as a JSON array, and `replication` the values as a JSON array in their order, each with the fewest digits that give
// the same double: null is NaN, 9e999 infinity, and text ("nan fff8000000000000") any NaN but the usual one. Seeds are
// text in decimal, since SQLite has no integer as large.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

#include "experiment/executor.hpp"
#include "metrics/measure.hpp"

namespace mailflow {

/// An archive that fails under way: the disk is full, another program holds it. In a planner's words.
struct ArchiveFailure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What is there is no archive, is damaged or of a later format; or there is none to be read.
struct NoArchive : ArchiveFailure {
  using ArchiveFailure::ArchiveFailure;
};

/// The file cannot be opened or made, or not be written.
struct UnusableArchive : ArchiveFailure {
  using ArchiveFailure::ArchiveFailure;
};

/// What identifies a scenario and what is kept beside its replications.
struct ScenarioRecord {
  std::string fingerprint;
  std::string name;     ///< as shown
  std::string file;     ///< as given
  std::string text;     ///< all files it was read from
  std::string program;  ///< version
  std::vector<Measure> measures;
};

/// A scenario as `runs` lists it.
struct KeptScenario {
  std::int64_t id = 0;  ///< numbered from 1 in order of first use
  ScenarioRecord record;
  std::string first_used, last_used;                   ///< UTC, 2026-11-24T02:10:00Z
  std::map<std::uint64_t, std::int64_t> replications;  ///< seed -> how many
};

enum class ArchiveUse : std::uint8_t {
  keep,  ///< made where there is none
  read   ///< must be there; may be where nothing can be written
};

class Archive {
 public:
  explicit Archive(const std::string& path, ArchiveUse use = ArchiveUse::keep);
  ~Archive();
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;
  Archive(Archive&&) = delete;
  Archive& operator=(Archive&&) = delete;

  /// The id of the scenario with this fingerprint, added if it is new; else only its last use is noted.
  std::int64_t scenario(const ScenarioRecord& record);
  /// All kept replications with numbers first..last.
  std::map<std::uint64_t, Observation> replications(std::int64_t scenario, std::uint64_t seed, std::uint64_t first,
                                                    std::uint64_t last) const;
  /// Keeps one; exact to the bit (NaN too).
  void keep(std::int64_t scenario, std::uint64_t seed, std::uint64_t replication, const Observation& values);
  std::vector<KeptScenario> scenarios() const;
  /// Before the process ends at a signal, from any thread: waits for what is being written, for some seconds at most,
  /// and closes the file, so that nothing is left beside it. Whoever uses the archive afterwards waits for ever.
  void close_for_good() noexcept;

 private:
  mutable std::timed_mutex in_use_;
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace mailflow
