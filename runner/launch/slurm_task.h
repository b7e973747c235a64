#pragma once

#include <atomic>
#include <filesystem>
#include <string>

namespace bench::runner {

/// The side of the node: carries out one task of an array as a process of its own, with the
/// promises of ProcessLauncher, and tells its beginning, its signs of life and its end in the
/// array's folder.
/// \param folder       the array's. \param token  that the executor gave it: who cannot read the
///                     same token in the folder does not share its file system
/// \param interrupted  set from outside: the stage is to save where it is and to end
/// \returns the exit code of the job
int carry_out_slurm_task(const std::filesystem::path& folder, const std::string& token, int task,
                         const std::filesystem::path& stage_program,
                         const std::atomic<bool>& interrupted);

}  // namespace bench::runner
