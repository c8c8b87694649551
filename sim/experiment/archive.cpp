#include "experiment/archive.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <bit>
#include <charconv>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <limits>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "core/words.hpp"
#include "experiment/database.hpp"
#include "scenario/files/files_read.hpp"

namespace mailflow {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::int64_t application = 0x4d46'4c57;  // "MFLW"
constexpr std::int64_t format = 1;

constexpr const char* tables[] = {
    R"(CREATE TABLE scenario (
  id INTEGER PRIMARY KEY,
  fingerprint TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  file TEXT NOT NULL,
  text TEXT NOT NULL,
  program TEXT NOT NULL,
  measures TEXT NOT NULL,
  first_used TEXT NOT NULL,
  last_used TEXT NOT NULL
) STRICT)",
    R"(CREATE TABLE replication (
  scenario_id INTEGER NOT NULL REFERENCES scenario (id),
  seed TEXT NOT NULL,
  replication INTEGER NOT NULL,
  vals TEXT NOT NULL,
  PRIMARY KEY (scenario_id, seed, replication)
) STRICT)",
    R"(CREATE VIEW figure (scenario, seed, replication, measure, value) AS
SELECT r.scenario_id, r.seed, r.replication, json_extract(s.measures, '$[' || v.key || '].name'),
  CASE WHEN v.type IN ('integer', 'real') THEN CAST(v.atom AS REAL) END
FROM replication AS r JOIN scenario AS s ON s.id = r.scenario_id JOIN json_each(r.vals) AS v)"};

constexpr const char* now = "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')";

// --- values

const std::string nan_prefix = "\"nan ";

std::string value_text(double value) {
  if (std::isinf(value)) return value < 0 ? "-9e999" : "9e999";
  if (!std::isnan(value)) return value == 0 && std::signbit(value) ? "-0.0" : fmt::format("{}", value);
  const auto bits = std::bit_cast<std::uint64_t>(value);
  if (bits == std::bit_cast<std::uint64_t>(std::numeric_limits<double>::quiet_NaN())) return "null";
  return fmt::format("{}{:016x}\"", nan_prefix, bits);
}

std::string values_text(const Observation& values) {
  std::string text = "[";
  for (std::size_t i = 0; i < values.size(); ++i) text += (i == 0 ? "" : ",") + value_text(values[i]);
  return text + "]";
}

/// Nothing where the text is none that `value_text` writes.
bool read_value(std::string_view text, double& value) {
  if (text == "null") {
    value = std::numeric_limits<double>::quiet_NaN();
    return true;
  }
  if (text == "9e999" || text == "-9e999") {
    value = text[0] == '-' ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
    return true;
  }
  if (text.starts_with(nan_prefix)) {
    std::uint64_t bits = 0;
    const char* const end = text.data() + text.size() - 1;
    const auto read = std::from_chars(text.data() + nan_prefix.size(), end, bits, 16);
    value = std::bit_cast<double>(bits);
    return read.ec == std::errc{} && read.ptr == end;
  }
  const char* const end = text.data() + text.size();
  // NOLINTNEXTLINE(bugprone-suspicious-stringview-data-usage): both ends are given
  const auto read = std::from_chars(text.data(), end, value);
  return read.ec == std::errc{} && read.ptr == end;
}

bool read_values(std::string_view text, Observation& values) {
  values.clear();
  if (text.size() < 2 || text.front() != '[' || text.back() != ']') return false;
  text = text.substr(1, text.size() - 2);
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    values.emplace_back();
    if (!read_value(text.substr(0, comma), values.back())) return false;
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return true;
}

// --- measures

const char* const sides[] = {"more", "less", "neither"};
const char* const kinds[] = {"mean", "days"};

std::string measures_text(const std::vector<Measure>& measures) {
  json all = json::array();
  for (const Measure& m : measures)
    all.push_back({{"name", m.name},
                   {"label", {{"en", m.label.en}, {"fr", m.label.fr}}},
                   {"unit", m.unit},
                   {"better", sides[static_cast<std::size_t>(m.better)]},
                   {"kind", kinds[static_cast<std::size_t>(m.kind)]},
                   {"headline", m.headline},
                   {"target", m.target.number()}});
  return all.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::vector<Measure> read_measures(const std::string& text) {
  std::vector<Measure> measures;
  for (const json& m : json::parse(text)) {
    Measure measure;
    measure.name = m.at("name");
    measure.label.en = m.at("label").at("en");
    measure.label.fr = m.at("label").at("fr");
    measure.unit = m.at("unit");
    for (std::size_t i = 0; i < std::size(sides); ++i)
      if (m.at("better") == sides[i]) measure.better = static_cast<Better>(i);
    if (m.at("kind") == kinds[1]) measure.kind = Measure::Kind::days;
    measure.headline = m.at("headline");
    measure.target = TargetIndex(m.at("target").get<int>());
    measures.push_back(std::move(measure));
  }
  return measures;
}

std::int64_t as_stored(std::uint64_t replication) {
  return static_cast<std::int64_t>(std::min<std::uint64_t>(replication, std::numeric_limits<std::int64_t>::max()));
}

// --- opening

/// Whether the file is an archive of this format; false: it is empty. Throws when it is anything else. To be asked in
/// a transaction, since another process may be making the archive.
bool is_archive(Database& db) {
  const std::int64_t id = db.integer("PRAGMA application_id");
  const std::int64_t version = db.integer("PRAGMA user_version");
  if (id == 0 && version == 0 && db.integer("SELECT count(*) FROM sqlite_schema") == 0) return false;
  if (id != application) throw NoArchive(tr("{} is not an archive of replications", db.path()));
  if (version > format)
    throw NoArchive(tr("{} is of format {}, of a later mailflow; this one ({}) reads format {}", db.path(), version,
                       MAILFLOW_VERSION, format));
  return true;
}

void make_archive(Database& db) {
  db.use_wal();
  Transaction transaction(db);
  if (is_archive(db)) return;  // another process made it
  for (const char* const table : tables) db.run(table);
  db.run(fmt::format("PRAGMA application_id = {}", application));
  db.run(fmt::format("PRAGMA user_version = {}", format));
  transaction.commit();
}

/// Where nothing can be written beside a file, SQLite reads it only as one that nobody writes.
std::string immutable_uri(const std::string& path) {
  std::string uri = "file:";
  for (const char c : fs::absolute(path).string())
    uri += c == '%' || c == '?' || c == '#' ? fmt::format("%{:02x}", static_cast<unsigned char>(c)) : std::string(1, c);
  return uri + "?immutable=1";
}

Database open(const std::string& path, ArchiveUse use) {
  std::error_code error;
  if (path.empty()) throw ArchiveFailure(tr("an archive needs a file name"));
  if (fs::is_directory(path, error)) throw NoArchive(tr("{} is a folder; an archive is a file", path));
  const std::string whole = fs::absolute(path).string();  // ":memory:" is a file like any other
  if (use == ArchiveUse::keep) {
    Database db(path, whole, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    if (db.read_only()) archive_failure(path, SQLITE_READONLY, "");
    return db;
  }
  if (!fs::exists(path, error)) throw NoArchive(tr("there is no archive {}", path));
  const fs::path folder = fs::absolute(path).parent_path();
  if (access(folder.c_str(), W_OK) != 0 && !fs::exists(path + "-wal", error))
    return {path, immutable_uri(path), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI};
  return {path, whole, SQLITE_OPEN_READWRITE};  // falls back to reading by itself
}

}  // namespace

struct Archive::Impl {
  Impl(const std::string& path, ArchiveUse use) : db(open(path, use)) {
    if (!looks_like_archive()) {
      if (use == ArchiveUse::read) throw NoArchive(tr("{} is not an archive of replications", path));
      make_archive(db);
    }
    if (use == ArchiveUse::keep) db.use_wal();
    db.run("PRAGMA synchronous = NORMAL");
    db.run("PRAGMA foreign_keys = ON");
    keep = db.prepare("INSERT OR IGNORE INTO replication (scenario_id, seed, replication, vals) VALUES (?, ?, ?, ?)");
    replications = db.prepare(
        "SELECT replication, vals FROM replication "
        "WHERE scenario_id = ? AND seed = ? AND replication BETWEEN ? AND ? ORDER BY replication");
  }

  bool looks_like_archive() {
    const Transaction transaction(db, "BEGIN");
    return is_archive(db);
  }

  Database db;
  Statement keep, replications;  // after the database, so that they are gone before it is closed
};

Archive::Archive(const std::string& path, ArchiveUse use) : impl_(std::make_unique<Impl>(path, use)) {
  note_read(path);
}
Archive::~Archive() = default;

void Archive::close_for_good() noexcept {
  constexpr std::chrono::seconds at_most(3);
  if (in_use_.try_lock_for(at_most)) impl_.reset();
}

std::int64_t Archive::scenario(const ScenarioRecord& record) {
  const std::scoped_lock in_use(in_use_);
  Database& db = impl_->db;
  Transaction transaction(db);
  db.prepare(fmt::format("INSERT OR IGNORE INTO scenario "
                         "(fingerprint, name, file, text, program, measures, first_used, last_used) "
                         "VALUES (?, ?, ?, ?, ?, ?, {0}, {0})",
                         now))
      .bind(1, record.fingerprint)
      .bind(2, record.name)
      .bind(3, record.file)
      .bind(4, record.text)
      .bind(5, record.program)
      .bind(6, measures_text(record.measures))
      .run();
  db.prepare(fmt::format("UPDATE scenario SET last_used = {} WHERE fingerprint = ?", now))
      .bind(1, record.fingerprint)
      .run();
  std::int64_t id = 0;
  {
    Statement find = db.prepare("SELECT id FROM scenario WHERE fingerprint = ?");
    if (find.bind(1, record.fingerprint).row()) id = find.integer(0);
  }
  transaction.commit();
  return id;
}

std::map<std::uint64_t, Observation> Archive::replications(std::int64_t scenario, std::uint64_t seed,
                                                           std::uint64_t first, std::uint64_t last) const {
  const std::scoped_lock in_use(in_use_);
  std::map<std::uint64_t, Observation> found;
  Statement& statement = impl_->replications;
  statement.bind(1, scenario).bind(2, std::to_string(seed)).bind(3, as_stored(first)).bind(4, as_stored(last));
  bool damaged = false;
  while (statement.row()) {
    const auto number = static_cast<std::uint64_t>(statement.integer(0));
    damaged = !read_values(statement.text(1), found[number]) || damaged;
  }
  if (damaged) archive_failure(impl_->db.path(), SQLITE_CORRUPT, tr("values that are no numbers"));
  return found;
}

void Archive::keep(std::int64_t scenario, std::uint64_t seed, std::uint64_t replication, const Observation& values) {
  const std::scoped_lock in_use(in_use_);
  Transaction transaction(impl_->db);
  impl_->keep.bind(1, scenario)
      .bind(2, std::to_string(seed))
      .bind(3, as_stored(replication))
      .bind(4, values_text(values))
      .run();
  transaction.commit();
}

std::vector<KeptScenario> Archive::scenarios() const {
  const std::scoped_lock in_use(in_use_);
  std::vector<KeptScenario> all;
  Database& db = impl_->db;
  Statement scenario = db.prepare(
      "SELECT id, fingerprint, name, file, text, program, measures, first_used, last_used FROM scenario ORDER BY id");
  Statement seeds = db.prepare("SELECT seed, count(*) FROM replication WHERE scenario_id = ? GROUP BY seed");
  try {
    while (scenario.row()) {
      KeptScenario kept;
      kept.id = scenario.integer(0);
      kept.record = {scenario.text(1), scenario.text(2), scenario.text(3),
                     scenario.text(4), scenario.text(5), read_measures(scenario.text(6))};
      kept.first_used = scenario.text(7);
      kept.last_used = scenario.text(8);
      seeds.bind(1, kept.id);
      while (seeds.row()) kept.replications[std::stoull(seeds.text(0))] = seeds.integer(1);
      all.push_back(std::move(kept));
    }
  } catch (const ArchiveFailure&) {
    throw;
  } catch (const std::exception& e) {
    archive_failure(db.path(), SQLITE_CORRUPT, e.what());
  }
  return all;
}

}  // namespace mailflow
