#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace bench::runner {

/// What a rebuild found.
struct Rebuilt {
  std::size_t runs = 0;
  std::size_t stages = 0;             ///< with a result
  std::vector<std::string> left_out;  ///< what could not be read or is not whole, a sentence each
  std::filesystem::path moved_aside;  ///< where the former database lies; empty if there was none
};

/// Makes the run database of a store again, from the folders of its stages and the files of its
/// runs. The former one is moved aside. \pre the caller holds the store's lock
/// \throws db::DatabaseError, std::filesystem::filesystem_error
Rebuilt rebuild_database(const std::filesystem::path& store);

}  // namespace bench::runner
