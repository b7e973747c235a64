#pragma once

#include <filesystem>
#include <vector>

#include "stages/exchange/settings.h"

namespace bench::runner {

/// The images that are meant by files and folders (their PNG and JPEG files, not deeper), in
/// order, each with its place NAME.png in `out`. Nothing is created.
/// \throws BadInput for what is missing, holds no image or cannot be read as one, for two
///         images of one name, and where a restored image would overwrite its input
std::vector<exchange::RestoreFile> restore_files(const std::vector<std::filesystem::path>& in,
                                                 const std::filesystem::path& out);

}  // namespace bench::runner
