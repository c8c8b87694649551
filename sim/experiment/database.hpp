// SQLite as the archive uses it: a connection and statements that close themselves, and errors in a planner's words.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>

namespace mailflow {

/// Throws ArchiveFailure with what the error means for the file at `path`; `detail` is SQLite's own message.
[[noreturn]] void archive_failure(const std::string& path, int code, const std::string& detail);

/// One statement, prepared once; `run` and `row` throw ArchiveFailure.
class Statement {
 public:
  Statement() = default;
  Statement(sqlite3* db, std::string path, const std::string& sql);

  /// Binds by position from 1.
  Statement& bind(int at, std::int64_t value);
  Statement& bind(int at, const std::string& text);
  /// Steps to the next row; false, and ready to be bound again, after the last.
  bool row();
  /// Steps to the end.
  void run();
  std::int64_t integer(int column) const { return sqlite3_column_int64(statement_.get(), column); }
  std::string text(int column) const;

 private:
  void check(int code);
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  sqlite3* db_ = nullptr;
  std::string path_;
};

/// An open file.
class Database {
 public:
  /// `flags` of sqlite3_open_v2; `name` is the path or a URI of it.
  Database(std::string path, const std::string& name, int flags);

  Statement prepare(const std::string& sql) { return {db_.get(), path_, sql}; }
  void run(const std::string& sql) { prepare(sql).run(); }
  std::int64_t integer(const std::string& sql);
  std::string text(const std::string& sql);
  bool read_only() const { return sqlite3_db_readonly(db_.get(), "main") == 1; }
  bool in_transaction() const { return sqlite3_get_autocommit(db_.get()) == 0; }
  const std::string& path() const { return path_; }
  /// Waits for others where SQLite itself does not: WAL cannot be switched on while another is opening the file.
  void use_wal();

 private:
  struct Close {
    void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
  };
  std::string path_;
  std::unique_ptr<std::string> shown_;  ///< the path, for what tells of a lock
  std::unique_ptr<sqlite3, Close> db_;
};

/// A transaction, for writing unless begun otherwise; rolled back unless committed.
class Transaction {
 public:
  explicit Transaction(Database& database, const char* begin = "BEGIN IMMEDIATE") : database_(database) {
    database_.run(begin);
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  Transaction(Transaction&&) = delete;
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();
  void commit() { database_.run("COMMIT"); }

 private:
  Database& database_;
};

}  // namespace mailflow
