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

/// What a run on record keeps: its stages, and those that these read.
struct KeptByRun {
  std::string run_id;
  std::size_t stages = 0;
  std::int64_t bytes = 0;
  std::int64_t own_bytes =
      0;  ///< of the stages that no other run needs: what its removal would free
};

/// For each run on record, newest first.
std::vector<KeptByRun> kept_by_runs(const std::filesystem::path& store,
                                    const db::RunReader& reader);

}  // namespace bench::runner
