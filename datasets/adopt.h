#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "datasets/manifest.h"

namespace bench::datasets {

struct Adoption {
  std::int64_t copied = 0;
  std::int64_t already_there = 0;
  std::vector<std::string> missing;  ///< paths of the manifest that no file had the content of
};

/// Puts a data set together from any folder that holds its files under whatever names (a clone of
/// its repository, an unpacked archive): files are known by their content (size and SHA-256) and
/// copied to their paths below `destination`, which is made if it is not there.
/// \throws ManifestError naming a folder that cannot be read or written.
Adoption adopt_files(const Manifest& manifest, const std::filesystem::path& source,
                     const std::filesystem::path& destination);

}  // namespace bench::datasets
