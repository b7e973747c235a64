#pragma once

#include <filesystem>
#include <vector>

#include "datasets/image_file.h"
#include "stages/exchange/settings.h"

namespace bench::runner {

/// The images that are meant by files and folders (their PNG and JPEG files, not deeper), in
/// order, each with its place NAME.png in `out`. Nothing is created.
/// \throws BadInput for what is missing, holds no image or cannot be read as one (all of them are
///         decoded here, so that nothing is restored if one of them is damaged), for two images of
///         one name, and where a restored image would overwrite its input
std::vector<exchange::RestoreFile> restore_files(const std::vector<std::filesystem::path>& in,
                                                 const std::filesystem::path& out,
                                                 const datasets::ReadOptions& options = {});

}  // namespace bench::runner
