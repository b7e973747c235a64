#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "clearer/space/search_space.h"

namespace bench::clearer {

/// What is timed: a forward pass of one module, evaluation mode, float32, channels-last, CPU, with
/// the threads that LibTorch has. Two passes of warm-up, then the median.
struct LatencyOptions {
  std::int64_t batch = 1;
  std::int64_t side = 64;  ///< pixels at the finest resolution; a multiple of `side_multiple`
  int repetitions = 20;
};

/// Milliseconds of the parallel and the fusion candidate per searched position. Measured, so not
/// repeatable bit by bit: store them with the run and hand them in through `normalized_costs`.
/// \throws std::invalid_argument for an impossible space or options
std::vector<std::array<double, 2>> measured_latencies_ms(const SearchSpace& space,
                                                         const LatencyOptions& options);

}  // namespace bench::clearer
