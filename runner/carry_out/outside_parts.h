#pragma once

#include <filesystem>

#include "runner/experiment/experiment.h"
#include "runner/plan/plan.h"

namespace bench::runner {

/// Fills in what decides results and stands in no experiment: in each preparation the digest of the
/// images that it reads, by content, and in every stage that of BENCH_STAGE_PROGRAM where it is
/// set.
/// \param store  keeps the digests of files that were read, where it can be written. May be missing
/// \throws BadInput naming a file that cannot be read
void add_outside_parts(Plan& plan, const Profile& profile, const std::filesystem::path& data_root,
                       const std::filesystem::path& store,
                       const std::filesystem::path& experiment_file);

}  // namespace bench::runner
