#pragma once

#include <filesystem>
#include <string>

#include "core/files/file_error.h"

namespace bench::files {

/// The whole content of a file, pipe or device. \throws FileError
std::string read_file(const std::filesystem::path& file);

}  // namespace bench::files
