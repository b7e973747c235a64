#pragma once

#include <filesystem>

#include "runner/experiment/experiment.h"

namespace bench::runner {

/// Requires the data sets of a profile to lie under `data_root`/data.
/// \throws BadInput naming the first one that does not, and the command that gets it.
void require_data_at_hand(const Profile& profile, const std::filesystem::path& data_root);

}  // namespace bench::runner
