#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace bench::runner {

/// One thing that a run with --launcher slurm needs.
struct SlurmFinding {
  std::string name;
  std::string value;
  std::string advice;  ///< "" where nothing is missing
};

/// Looks at Slurm's commands, its controller, its nodes and limits. Submits nothing.
std::vector<SlurmFinding> examine_slurm(const std::filesystem::path& store);

}  // namespace bench::runner
