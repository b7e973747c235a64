#pragma once

#include <compare>
#include <string>
#include <vector>

#include "runner/launch/slurm_launcher.h"

// Internal to runner/launch.

namespace bench::runner {

/// What a stage needs of its node. Stages of one array need the same.
struct SlurmNeeds {
  std::int64_t threads = 1;
  std::int64_t memory_mib = 0;  ///< 0: what the cluster gives by default
  bool whole_node = false;
  bool gpu = false;
  auto operator<=>(const SlurmNeeds&) const = default;
};

/// By the estimate, and by the settings in the request that lies in the stage's folder.
SlurmNeeds needs_of(const StageStart& stage);

/// The arguments of sbatch for one array, its script included.
/// \param folder    of the array. \param tasks  how many
/// \param as_array  false: one job without tasks
std::vector<std::string> sbatch_arguments(const SlurmNeeds& needs, const SlurmSettings& settings,
                                          const SlurmPlaces& places,
                                          const std::filesystem::path& folder,
                                          const std::string& token, std::size_t tasks,
                                          bool as_array);

}  // namespace bench::runner
