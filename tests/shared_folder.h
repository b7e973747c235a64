#pragma once

#include <cstdlib>
#include <filesystem>

namespace bench::tests {

/// Where real data sets (data/) and public weights (weights/) may lie: BENCH_DATA_DIR, else
/// ../shared beside the checkout. A test that needs what is not there says its name and skips.
inline std::filesystem::path shared_folder() {
  const char* named = std::getenv("BENCH_DATA_DIR");
  if (named != nullptr && *named != '\0') return named;
  return std::filesystem::path(BENCH_SOURCE_DIR) / "../shared";
}

}  // namespace bench::tests
