#pragma once

#include <filesystem>

#include "db/connection.h"
#include "db/run_store.h"

// Internal to db/.

namespace bench::db {

/// A connection that writes a store of the newest schema. \throws DatabaseError
Connection open_for_writing(const std::filesystem::path& file, const RunStoreOptions& options);

/// A connection that cannot write. The schema must be the newest. \throws DatabaseError
Connection open_for_reading(const std::filesystem::path& file, int busy_timeout_ms);

/// The same, whatever is inside the file: for a check. \throws DatabaseError
Connection open_for_inspection(const std::filesystem::path& file, int busy_timeout_ms);

/// What an open connection uses. \throws DatabaseError
JournalMode journal_mode_of(Connection& connection);

}  // namespace bench::db
