#pragma once

#include <filesystem>
#include <vector>

#include "stage_files/settings.h"

namespace bench::runner {

/// The pictures that are meant by files and folders (their PNG and JPEG files, not deeper), in
/// order, each with its place NAME.png in `out`. Nothing is created.
/// \throws BadInput for what is missing, holds no picture or cannot be read as one, for two
///         pictures of one name, and where a restored picture would overwrite its input
std::vector<stage_files::RestoreFile> restore_files(const std::vector<std::filesystem::path>& in,
                                                    const std::filesystem::path& out);

}  // namespace bench::runner
