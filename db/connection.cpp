#include "db/connection.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
#include <sqlite3.h>

#include <optional>
#include <unordered_map>
#include <utility>

namespace bench::db {
namespace {

struct Diagnosis {
  DatabaseTrouble trouble;
  const char* advice;
};

Diagnosis diagnose(int code) {
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {DatabaseTrouble::kBusy,
              "Another process is writing this database and did not finish in time. Wait for the "
              "other bench to end, or use a separate store with --store DIR."};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return {
          DatabaseTrouble::kDamaged,
          "The SQLite database is damaged. \"bench db rebuild\" makes it again from the folders of "
          "stages and runs, and keeps this one beside it."};
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return {DatabaseTrouble::kReadOnly,
              "Writing is not permitted. Check owner and permissions of the file and of "
              "its folder, or name another store with --store DIR."};
    case SQLITE_FULL:
      return {DatabaseTrouble::kFull,
              "The disk is full. Free disk space and repeat the command; earlier results are "
              "intact."};
    case SQLITE_CANTOPEN:
      return {
          DatabaseTrouble::kUnreachable,
          "The file cannot be opened. Check the path and its permissions, or name another store "
          "with --store DIR."};
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
      return {DatabaseTrouble::kBadRecord,
              "The values violate the rules in db/schema.md; nothing was written."};
    case SQLITE_IOERR:
      return {DatabaseTrouble::kOther,
              "The disk or the network file system failed. Check it (dmesg, df), then repeat the "
              "command."};
    default:
      return {DatabaseTrouble::kOther,
              "\"bench db check\" tells whether the database is at fault, and \"bench db rebuild\" "
              "makes it again from the folders of stages and runs."};
  }
}

/// `file` as an SQLite URI. Letters with a meaning in a URI are escaped.
std::string immutable_uri(const std::filesystem::path& file) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string uri = "file:";
  for (const char letter : std::filesystem::absolute(file).string()) {
    if (letter == '?' || letter == '#' || letter == '%') {
      const auto byte = static_cast<unsigned char>(letter);
      uri.append({'%', kDigits[byte >> 4], kDigits[byte & 15]});
    } else {
      uri += letter;
    }
  }
  return uri + "?immutable=1";
}

int open_flags(OpenMode mode) {
  // A connection is used by one thread, so SQLite need not lock it at every call.
  const int one_thread = SQLite::OPEN_NOMUTEX;
  switch (mode) {
    case OpenMode::kWrite:
      return SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | one_thread;
    case OpenMode::kImmutable:
      return SQLite::OPEN_READONLY | SQLite::OPEN_URI | one_thread;
    case OpenMode::kRead:
      break;
  }
  return SQLite::OPEN_READONLY | one_thread;
}

}  // namespace

struct Connection::Impl {
  std::filesystem::path file;
  std::string action = "opening the run database";
  std::optional<SQLite::Database> database;
  // After `database`: a statement must go before its connection. Keyed by address, as each
  // statement's text is one literal in the program.
  std::unordered_map<const char*, SQLite::Statement> statements;
  Durability durability = Durability::kLazy;
};

Connection::Connection(std::filesystem::path file, OpenMode mode, int busy_timeout_ms)
    : impl_(std::make_unique<Impl>()) {
  impl_->file = std::move(file);
  const std::string name =
      mode == OpenMode::kImmutable ? immutable_uri(impl_->file) : impl_->file.string();
  try {
    impl_->database.emplace(name, open_flags(mode), busy_timeout_ms);
  } catch (const SQLite::Exception& error) {
    fail(error.getErrorCode(), error.what());
  }
}

Connection::~Connection() = default;
Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;

const std::filesystem::path& Connection::file() const {
  return impl_->file;
}

void Connection::doing(std::string action) {
  impl_->action = std::move(action);
}

void Connection::execute(std::string_view sql) {
  try {
    impl_->database->exec(std::string(sql));
  } catch (const SQLite::Exception& error) {
    fail(error.getErrorCode(), error.what());
  }
}

std::int64_t Connection::scalar(const std::string& sql) {
  try {
    return impl_->database->execAndGet(sql).getInt64();
  } catch (const SQLite::Exception& error) {
    fail(error.getErrorCode(), error.what());
  }
}

std::string Connection::text_scalar(const std::string& sql) {
  try {
    return impl_->database->execAndGet(sql).getString();
  } catch (const SQLite::Exception& error) {
    fail(error.getErrorCode(), error.what());
  }
}

bool Connection::is_writable() const {
  return sqlite3_db_readonly(impl_->database->getHandle(), "main") == 0;
}

void Connection::set_durability(Durability durability) {
  if (impl_->durability == durability) return;
  execute(durability == Durability::kFull ? "PRAGMA synchronous = FULL"
                                          : "PRAGMA synchronous = NORMAL");
  impl_->durability = durability;
}

SQLite::Statement& Connection::prepared(const char* sql) {
  const auto known = impl_->statements.find(sql);
  if (known != impl_->statements.end()) return known->second;
  try {
    return impl_->statements.emplace(sql, SQLite::Statement(*impl_->database, sql)).first->second;
  } catch (const SQLite::Exception& error) {
    fail(error.getErrorCode(), error.what());
  }
}

void Connection::fail(int code, std::string_view sqlite_message) const {
  const auto diagnosis = diagnose(code);
  throw DatabaseError(diagnosis.trouble, impl_->file.string() + ": " + impl_->action + ": " +
                                             std::string(sqlite_message) + ". " + diagnosis.advice);
}

Transaction::Transaction(Connection& connection, OpenMode mode) : connection_(connection) {
  connection_.execute(mode == OpenMode::kWrite ? "BEGIN IMMEDIATE" : "BEGIN");
}

Transaction::~Transaction() {
  if (committed_) return;
  try {
    connection_.execute("ROLLBACK");
  } catch (const DatabaseError&) {
    // SQLite has already rolled back by itself (disk full, I/O error).
  }
}

void Transaction::commit() {
  connection_.execute("COMMIT");
  committed_ = true;
}

}  // namespace bench::db
