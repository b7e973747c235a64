#pragma once

#include <map>
#include <string>

namespace bench::runner {

/// What a user asks of Slurm: sbatch's long options without their dashes ("partition", "time"), and
/// "jobs", how many jobs are submitted at once at most. Never a job's own business: its array,
/// name, output and command.
using SlurmSettings = std::map<std::string, std::string>;

/// Adds one setting, in place of an earlier one of the same key.
/// \throws std::invalid_argument saying what was expected and found
void add_slurm_setting(SlurmSettings& settings, const std::string& key, const std::string& value);

/// The same of "KEY=VALUE". \throws std::invalid_argument
void add_slurm_setting(SlurmSettings& settings, const std::string& key_and_value);

/// The keys that are known, separated by commas, for messages and documents.
std::string slurm_keys_text();

}  // namespace bench::runner
