#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "db/connection.h"

// Internal to db/.

namespace bench::db {

/// The schema's history: migrations()[i] takes version i to i + 1; never changed once released.
std::span<const std::string_view> migrations();

/// SQLite's user_version: how many migrations the database has seen.
std::int64_t schema_version(Connection& connection);

/// \throws DatabaseError (kTooNew) if `version` is beyond `newest`.
void require_known_version(const Connection& connection, std::int64_t version, std::int64_t newest);

/// Brings the database to version `steps.size()`, keeping its data. Two programs may do it at once.
/// \throws DatabaseError if the database is newer than that, or a migration fails; then it stays at
///         the last version that was reached whole.
void migrate(Connection& connection, std::span<const std::string_view> steps);

/// `sql` for an SQLite without STRICT tables (older than 3.37): the same tables, unchecked types.
std::string without_strict(std::string_view sql);

}  // namespace bench::db
