#pragma once

#include <filesystem>

#include "runner/experiment/experiment.h"

namespace bench::runner {

/// Requires the data sets of a profile to lie under `data_root`/data, and every recipe's batch and
/// patch to fit the images that it draws from. Reads no more than the headers of images.
/// \throws BadInput naming the first set that is missing and the command that gets it, or the place
///         of a batch or patch that is too large
void require_data_at_hand(const Experiment& experiment, const Profile& profile,
                          const std::filesystem::path& data_root);

}  // namespace bench::runner
