#pragma once

#include <filesystem>
#include <string>

#include "stages/exchange/result.h"

namespace bench::runner {

// The files that a stage's result names, compared with the SHA-256 that stands there. A file that
// was compared once is not read again as long as nothing about it changes: that is noted in
// `verified` in the stage's folder, a file that may be deleted (file_digests.h).

/// The first file that is not what was written, as one sentence; "" if all are.
std::string damage_in(const std::filesystem::path& stage_folder,
                      const exchange::StageResult& result);

/// The same for files that have just been written: only that they are there with their sizes. The
/// stage's own digests of them are believed and noted.
std::string accept_files(const std::filesystem::path& stage_folder,
                         const exchange::StageResult& result);

}  // namespace bench::runner
