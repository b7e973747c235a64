#pragma once

#include <cstdint>
#include <filesystem>

namespace bench::datasets {

enum class FileKind : std::uint8_t {
  kImage,             ///< PNG or JPEG
  kUnsupportedImage,  ///< an image of a format that is not read, or an array of numbers
  kOther,             ///< no image
};

/// What a file of a folder is: by its name where that says PNG or JPEG (reading it then says what
/// is wrong with it), else by its first bytes, else by its name. A folder whose images were sorted
/// out by their names alone would pass over "a.jfif", and a mean over the others is that of another
/// set.
FileKind kind_of_file(const std::filesystem::path& file);

}  // namespace bench::datasets
