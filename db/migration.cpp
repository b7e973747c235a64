#include "db/migration.h"

#include <sqlite3.h>

#include <array>

#include "embedded/db.h"

namespace bench::db {
namespace {

constexpr int kFirstSqliteWithStrict = 3037000;

std::string in_this_dialect(std::string_view sql) {
  return sqlite3_libversion_number() >= kFirstSqliteWithStrict ? std::string(sql)
                                                               : without_strict(sql);
}

/// One migration and its version number, together or not at all.
/// \returns the version after it.
std::int64_t step(Connection& connection, std::span<const std::string_view> steps) {
  Transaction transaction(connection, OpenMode::kWrite);
  // Asked again under the lock: another program may have been faster.
  const auto version = schema_version(connection);
  if (version >= static_cast<std::int64_t>(steps.size())) return version;
  connection.doing("migrating the run database to schema version " + std::to_string(version + 1));
  connection.execute(in_this_dialect(steps[static_cast<std::size_t>(version)]));
  // PRAGMA takes no bound parameters; `version` is our own integer.
  connection.execute("PRAGMA user_version = " + std::to_string(version + 1));
  transaction.commit();
  return version + 1;
}

}  // namespace

std::span<const std::string_view> migrations() {
  static const std::array<std::string_view, 2> kMigrations = {k_0001_runs_sql, k_0002_asked_sql};
  return kMigrations;
}

std::int64_t schema_version(Connection& connection) {
  return connection.scalar("PRAGMA user_version");
}

void require_known_version(const Connection& connection, std::int64_t version,
                           std::int64_t newest) {
  if (version <= newest) return;
  throw DatabaseError(DatabaseTrouble::kTooNew,
                      connection.file().string() + ": expected schema version " +
                          std::to_string(newest) + " or older, found " + std::to_string(version) +
                          ". Use a newer build of bench, or another store with --store DIR.");
}

void migrate(Connection& connection, std::span<const std::string_view> steps) {
  const auto newest = static_cast<std::int64_t>(steps.size());
  auto version = schema_version(connection);
  while (version < newest) version = step(connection, steps);
  require_known_version(connection, version, newest);
}

std::string without_strict(std::string_view sql) {
  std::string plain(sql);
  for (const std::string_view word : {") STRICT, WITHOUT ROWID", ") STRICT"}) {
    const std::string_view instead = word.size() > 8 ? ") WITHOUT ROWID" : ")";
    for (auto at = plain.find(word); at != std::string::npos; at = plain.find(word, at + 1)) {
      plain.replace(at, word.size(), instead);
    }
  }
  return plain;
}

}  // namespace bench::db
