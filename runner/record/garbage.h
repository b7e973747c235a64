#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "db/run_reader.h"

namespace bench::runner {

/// A stage's folder that no run on record needs.
struct UnneededStage {
  std::string key;
  std::string name;  ///< "" if its folder does not say it
  std::filesystem::path folder;
  std::int64_t bytes = 0;
};

/// The stages of a store that belong to no run on record, and that none of these reads: neither
/// directly nor through others.
std::vector<UnneededStage> unneeded_stages(const std::filesystem::path& store,
                                           const db::RunReader& reader);

}  // namespace bench::runner
