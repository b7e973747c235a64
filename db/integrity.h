#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace bench::db {

/// What is wrong inside a database: SQLite's quick check (structure, NOT NULL, CHECK) and foreign
/// keys. Empty: whole. Reads the whole file.
/// \throws DatabaseError if it cannot be opened for another reason than damage.
std::vector<std::string> check_database(const std::filesystem::path& file);

/// Renames a damaged database, with the journal files that belong to it, so that a rebuild
/// can start from nothing and the old one stays for inspection.
/// \returns the new name: `file` + ".aside-N", N the first that is free.
/// \throws std::filesystem::filesystem_error
std::filesystem::path move_aside(const std::filesystem::path& file);

/// Version of the SQLite library in use, for `bench doctor`.
std::string sqlite_version();

}  // namespace bench::db
