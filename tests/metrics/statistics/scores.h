#pragma once

#include <cstdint>
#include <vector>

#include "core/randomness/stream.h"

namespace bench::statistics {

/// Per-image scores in dB: images differ by 2.5 dB, `gain_db` is added, and 0.05 dB of noise.
inline std::vector<double> scores(double gain_db, std::size_t images, std::uint64_t seed) {
  randomness::Stream image_stream(1, "images"), noise(seed, "noise");
  std::vector<double> values(images);
  for (double& value : values) {
    value = 30.0 + 2.5 * image_stream.normal() + gain_db + 0.05 * noise.normal();
  }
  return values;
}

}  // namespace bench::statistics
