#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

namespace bench::scoring {

/// The files of one folder (not of those inside it), by what can be done with them.
struct FolderListing {
  std::filesystem::path folder;
  std::vector<std::filesystem::path> images;       ///< PNG and JPEG (datasets/image_format.h)
  std::vector<std::filesystem::path> unsupported;  ///< images of formats that are not read
  std::size_t others = 0;                          ///< files that are no images; hidden ones too
  std::size_t subfolders = 0;                      ///< not entered
};

/// In order of the files' names, byte by byte.
/// \throws ScoringError naming the folder if it cannot be read.
FolderListing list_images(const std::filesystem::path& folder);

}  // namespace bench::scoring
