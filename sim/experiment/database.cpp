#include "experiment/database.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <utility>

#include "core/words.hpp"
#include "experiment/archive.hpp"

namespace mailflow {

namespace {

constexpr int patience_ms = 60'000;
constexpr int step_ms = 5;
constexpr int told_after_ms = 500;  ///< others that write hold a file for less

/// Waits a little for a file that another program holds, and says so when that lasts; false: long enough.
int wait_for_others(void* path, int times) {
  const int waited = times * step_ms;
  if (waited >= patience_ms) return 0;
  if (waited == told_after_ms)
    std::fputs(tr("mailflow: {} is locked by another program; waiting for it, a minute at most\n",
                  *static_cast<std::string*>(path))
                   .c_str(),
               stderr);
  sqlite3_sleep(step_ms);
  return 1;
}

std::string cannot_open(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path folder = fs::absolute(path, error).parent_path();
  if (!fs::is_directory(folder, error)) return tr("{} cannot be opened: there is no folder {}", path, folder.string());
  const bool there = fs::exists(path, error);
  if (error == std::errc::too_many_symbolic_link_levels)
    return tr("{} cannot be opened: its links lead round in a ring; choose another", path);
  if (!there) return tr("{} cannot be made: the folder {} cannot be written to; choose another", path, folder.string());
  return tr("{} cannot be opened: the file, or its folder {}, is not yours to write", path, folder.string());
}

}  // namespace

void archive_failure(const std::string& path, int code, const std::string& detail) {
  switch (code & 0xff) {
    case SQLITE_NOTADB:
      throw NoArchive(tr("{} is not an archive of replications", path));
    case SQLITE_CANTOPEN:
      throw UnusableArchive(cannot_open(path));
    case SQLITE_READONLY:
    case SQLITE_PERM:
      throw UnusableArchive(tr("{} cannot be written: the file or its folder is not yours to write", path));
    case SQLITE_FULL:
      throw ArchiveFailure(tr("{} cannot grow: the disk is full; what was kept so far is safe", path));
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      throw ArchiveFailure(
          tr("{} has been locked by another program for a minute; close that program and try again", path));
    case SQLITE_CORRUPT:
      throw NoArchive(tr("{} is damaged ({}); restore a copy or begin a new archive", path, detail));
    case SQLITE_IOERR:
      throw ArchiveFailure(tr("{} cannot be read or written ({}): is the disk full or gone?", path, detail));
    default:
      throw ArchiveFailure(path + ": " + detail);
  }
}

Statement::Statement(sqlite3* db, std::string path, const std::string& sql) : db_(db), path_(std::move(path)) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v2(db, sql.c_str(), static_cast<int>(sql.size()) + 1, &statement, nullptr);
  statement_.reset(statement);
  check(code);
}

void Statement::check(int code) {
  if (code == SQLITE_OK) return;
  const std::string detail = sqlite3_errmsg(db_);
  sqlite3_reset(statement_.get());
  archive_failure(path_, code, detail);
}

Statement& Statement::bind(int at, std::int64_t value) {
  check(sqlite3_bind_int64(statement_.get(), at, value));
  return *this;
}

Statement& Statement::bind(int at, const std::string& text) {
  check(sqlite3_bind_text64(statement_.get(), at, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
  return *this;
}

bool Statement::row() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) check(code);
  check(sqlite3_reset(statement_.get()));
  return false;
}

void Statement::run() {
  while (row()) continue;
}

std::string Statement::text(int column) const {
  const unsigned char* text = sqlite3_column_text(statement_.get(), column);
  const auto bytes = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
  return text == nullptr ? std::string{} : std::string(reinterpret_cast<const char*>(text), bytes);
}

Database::Database(std::string path, const std::string& name, int flags) : path_(std::move(path)) {
  sqlite3* db = nullptr;
  const int code = sqlite3_open_v2(name.c_str(), &db, flags, nullptr);
  db_.reset(db);
  if (code != SQLITE_OK)
    archive_failure(path_, code, db == nullptr ? tr("there is not enough memory") : sqlite3_errmsg(db));
  shown_ = std::make_unique<std::string>(path_);
  sqlite3_busy_handler(db, &wait_for_others, shown_.get());
}

std::int64_t Database::integer(const std::string& sql) {
  Statement statement = prepare(sql);
  return statement.row() ? statement.integer(0) : 0;
}

std::string Database::text(const std::string& sql) {
  Statement statement = prepare(sql);
  return statement.row() ? statement.text(0) : std::string{};
}

void Database::use_wal() {
  for (int times = 0;; ++times) {
    int code = SQLITE_OK;
    std::string detail;
    {
      sqlite3_stmt* raw = nullptr;
      code = sqlite3_prepare_v2(db_.get(), "PRAGMA journal_mode = WAL", -1, &raw, nullptr);
      if (code == SQLITE_OK) code = sqlite3_step(raw);
      detail = sqlite3_errmsg(db_.get());
      sqlite3_finalize(raw);
    }
    if (code == SQLITE_ROW || code == SQLITE_DONE) return;
    if ((code & 0xff) != SQLITE_BUSY || wait_for_others(shown_.get(), times) == 0) archive_failure(path_, code, detail);
  }
}

Transaction::~Transaction() {
  if (!database_.in_transaction()) return;
  try {
    database_.run("ROLLBACK");
  } catch (const ArchiveFailure&) {  // SQLite rolls back when it closes the file
    return;
  }
}

}  // namespace mailflow
