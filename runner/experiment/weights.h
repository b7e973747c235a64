#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/json/json_reader.h"
#include "runner/experiment/experiment.h"

/// Given weights: what an experiment file says of them, and the files themselves.
namespace bench::runner {

/// Reads `weights` of the block of a network or of an architecture: one file for all of its tasks,
/// or a file a task, which then also says the tasks that it takes part in. \param tasks  ids of the
/// experiment's tasks. \throws BadInput
void read_weights(const core::JsonReader& block, const std::vector<std::string>& tasks,
                  Contestant& contestant);

/// Looks for every given file below `data_root`/weights and fills in the SHA-256 of its content.
/// \throws BadInput for one that is missing (with its path, what it was wanted for and how to get
///         it) or that is no sound weights file.
void find_weights(Experiment& experiment, const std::filesystem::path& data_root);

}  // namespace bench::runner
