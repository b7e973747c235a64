#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace bench::memory {

/// A smaller setting of the same stage.
struct Fitting {
  std::int64_t batch;
  std::int64_t patch;
  std::int64_t estimated_bytes;
  friend bool operator==(const Fitting&, const Fitting&) = default;
};

/// The largest batch below the stage's own that would fit into `bytes` by the estimate; where not
/// even one patch does, the largest smaller patch (a multiple of 8) at batch 1.
/// \returns nothing where nothing fits or there is no estimate
std::optional<Fitting> fitting(const std::string& kind, const std::string& settings_json,
                               std::int64_t data_bytes, std::int64_t bytes);

}  // namespace bench::memory
