#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "runner/launch/slurm_commands.h"

namespace bench::runner {

/// The jobs that were submitted for these stages and have not said that they ended: "12_3" each.
/// \param store  its root
std::vector<std::string> jobs_left(const std::filesystem::path& store,
                                   const std::vector<std::filesystem::path>& stage_folders);

/// The folders of arrays whose tasks have all ended, or belong to stages that another attempt or
/// nobody has now: their files are of no use any more.
std::vector<std::filesystem::path> arrays_of_no_use(const std::filesystem::path& store);

}  // namespace bench::runner
