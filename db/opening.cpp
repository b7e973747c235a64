#include "db/opening.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <system_error>
#include <thread>

#include "db/file_system.h"
#include "db/migration.h"

namespace bench::db {
namespace {

constexpr std::int64_t kApplicationId = 0x42454E43;  // "BENC", as in 0001_runs.sql

std::filesystem::path folder_of(const std::filesystem::path& file) {
  return std::filesystem::absolute(file).parent_path();
}

/// Nothing of ours may be written into somebody else's database.
/// \returns the schema version; 0 for an empty file.
std::int64_t require_ours(Connection& connection) {
  // One moment: another program may be making the tables just now.
  const Transaction moment(connection, OpenMode::kRead);
  const auto version = schema_version(connection);
  const bool ours = version == 0 ? connection.scalar("SELECT count(*) FROM sqlite_schema") == 0
                                 : connection.scalar("PRAGMA application_id") == kApplicationId;
  if (ours) return version;
  throw DatabaseError(DatabaseTrouble::kForeign,
                      connection.file().string() +
                          ": expected a run database of bench, found an SQLite database of another "
                          "program. Name another store with --store DIR.");
}

/// What every connection of ours obeys, whatever stands in the file's schema.
void set_rules(Connection& connection) {
  connection.execute(
      "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON");
}

void set_journal_mode(Connection& connection, JournalMode wanted, int busy_timeout_ms) {
  if (journal_mode_of(connection) == wanted) return;
  const std::string sql = wanted == JournalMode::kWriteAhead ? "PRAGMA journal_mode = WAL"
                                                             : "PRAGMA journal_mode = DELETE";
  using Clock = std::chrono::steady_clock;
  const auto deadline = Clock::now() + std::chrono::milliseconds(busy_timeout_ms);
  for (;;) {
    try {
      connection.text_scalar(sql);
      return;
    } catch (const DatabaseError& error) {
      // SQLite does not wait by itself here, since the change needs the file alone.
      if (error.trouble() != DatabaseTrouble::kBusy || Clock::now() >= deadline) throw;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }
}

void limit_size(Connection& connection, std::int64_t size_limit_bytes) {
  if (size_limit_bytes <= 0) return;
  const auto pages = size_limit_bytes / connection.scalar("PRAGMA page_size");
  connection.execute("PRAGMA max_page_count = " + std::to_string(std::max<std::int64_t>(pages, 1)));
}

void make_folder(const std::filesystem::path& file) {
  std::error_code error;
  std::filesystem::create_directories(folder_of(file), error);
  if (!error) return;
  throw DatabaseError(DatabaseTrouble::kUnreachable,
                      file.string() + ": cannot create the folder " + folder_of(file).string() +
                          ": " + error.message() +
                          ". Check the path, or name another store with --store DIR.");
}

void require_writable(const Connection& connection) {
  if (connection.is_writable()) return;
  throw DatabaseError(DatabaseTrouble::kReadOnly,
                      connection.file().string() +
                          ": the run database is read-only. Check its owner and permissions, or "
                          "name another store with "
                          "--store DIR.");
}

[[noreturn]] void fail_missing(const std::filesystem::path& file, const std::string& what) {
  throw DatabaseError(
      DatabaseTrouble::kMissing,
      file.string() + ": " + what +
          ". Run an experiment first (\"bench run experiments/NAME.json\"), or name "
          "the store with --store DIR. If only the database was lost, the same bench run "
          "command records all results again from the stage folders");
}

void require_file(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::exists(file, error)) fail_missing(file, "file not found");
}

bool has_content(const std::string& name) {
  std::error_code error;
  const auto size = std::filesystem::file_size(name, error);
  return !error && size > 0;
}

Connection start_reading(const std::filesystem::path& file, OpenMode mode, int busy_timeout_ms) {
  Connection connection(file, mode, busy_timeout_ms);
  set_rules(connection);
  connection.execute("PRAGMA query_only = ON");
  schema_version(connection);
  connection.scalar("SELECT count(*) FROM sqlite_schema");
  return connection;
}

/// What an older program wrote stays beside it, as it was before it is migrated.
void keep_a_copy(Connection& connection) {
  const auto version = schema_version(connection);
  if (version == 0 || version >= static_cast<std::int64_t>(migrations().size())) return;
  const std::filesystem::path copy =
      connection.file().string() + ".version-" + std::to_string(version);
  if (std::filesystem::exists(copy)) return;  // of a migration that was cut short
  std::string name;
  for (const char letter : copy.string()) name += letter == '\'' ? "''" : std::string(1, letter);
  connection.doing("keeping a copy of the run database of schema version " +
                   std::to_string(version));
  connection.execute("VACUUM INTO '" + name + "'");
}

/// A writer that was killed in rollback mode left its half transaction in the file. SQLite undoes
/// it for the next connection that may write; one that only reads is refused.
void undo_half_transaction(const std::filesystem::path& file, int busy_timeout_ms) {
  Connection connection(file, OpenMode::kWrite, busy_timeout_ms);
  connection.doing("undoing what a killed writer left half done");
  require_writable(connection);
  schema_version(connection);
}

}  // namespace

Connection open_for_writing(const std::filesystem::path& file, const RunStoreOptions& options) {
  make_folder(file);
  Connection connection(file, OpenMode::kWrite, options.busy_timeout_ms);
  require_writable(connection);
  const auto journal = options.journal.value_or(
      is_on_network(folder_of(file)) ? JournalMode::kRollback : JournalMode::kWriteAhead);
  // An exclusive lock keeps the log's index out of shared memory, which a network disk lacks.
  if (journal == JournalMode::kRollback) connection.execute("PRAGMA locking_mode = EXCLUSIVE");
  set_rules(connection);
  require_ours(connection);
  set_journal_mode(connection, journal, options.busy_timeout_ms);
  if (journal == JournalMode::kRollback) {
    connection.execute("PRAGMA locking_mode = NORMAL");
    schema_version(connection);  // the lock is given back with the next read
  }
  connection.execute("PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000");
  limit_size(connection, options.size_limit_bytes);
  keep_a_copy(connection);
  migrate(connection, migrations());
  return connection;
}

Connection open_for_inspection(const std::filesystem::path& file, int busy_timeout_ms) {
  require_file(file);
  try {
    return start_reading(file, OpenMode::kRead, busy_timeout_ms);
  } catch (const DatabaseError& error) {
    if (error.trouble() == DatabaseTrouble::kReadOnly && has_content(file.string() + "-journal")) {
      undo_half_transaction(file, busy_timeout_ms);
      return start_reading(file, OpenMode::kRead, busy_timeout_ms);
    }
    const bool folder_is_unwritable = error.trouble() == DatabaseTrouble::kUnreachable ||
                                      error.trouble() == DatabaseTrouble::kReadOnly;
    // With no log to look into, the file alone is the whole truth.
    if (!folder_is_unwritable || has_content(file.string() + "-wal")) throw;
    return start_reading(file, OpenMode::kImmutable, busy_timeout_ms);
  }
}

Connection open_for_reading(const std::filesystem::path& file, int busy_timeout_ms) {
  auto connection = open_for_inspection(file, busy_timeout_ms);
  const auto version = require_ours(connection);
  const auto newest = static_cast<std::int64_t>(migrations().size());
  if (version == 0) fail_missing(file, "the file is empty");
  require_known_version(connection, version, newest);
  if (version == newest) return connection;
  throw DatabaseError(DatabaseTrouble::kTooOld,
                      file.string() + ": expected schema version " + std::to_string(newest) +
                          ", found " + std::to_string(version) +
                          ". \"bench run\" migrates it; reading never changes a store.");
}

JournalMode journal_mode_of(Connection& connection) {
  return connection.text_scalar("PRAGMA journal_mode") == "wal" ? JournalMode::kWriteAhead
                                                                : JournalMode::kRollback;
}

}  // namespace bench::db
