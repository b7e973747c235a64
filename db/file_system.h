#pragma once

#include <filesystem>

// Internal to db/.

namespace bench::db {

/// Whether statfs(2)'s `f_type` is of a file system shared between machines (or of one in user
/// space, which may be): there SQLite's write-ahead log, which needs shared memory, is not safe.
bool is_network_file_system(long statfs_type);

/// The same of the file system that holds `folder`. False if it cannot be asked.
bool is_on_network(const std::filesystem::path& folder);

}  // namespace bench::db
