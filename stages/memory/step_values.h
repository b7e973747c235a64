#pragma once

#include <cstdint>
#include <optional>

#include "stages/exchange/settings.h"

namespace bench::memory {

/// The numbers that one step of training or search handles, for a batch of patches; weights once.
struct StepValues {
  double kept = 0;        ///< activations that wait for the backward pass
  double largest = 0;     ///< of these, the ones of the largest tensor
  double parameters = 0;  ///< weights
};

/// \param pixels  of the whole batch: batch x height x width
/// \returns nothing for a method whose kept activations nobody has counted
std::optional<StepValues> training_values(const exchange::NetworkSettings& network,
                                          std::int64_t image_channels, double pixels);

/// The supernet with both candidates of every module (`whole`), or one random path through it.
StepValues supernet_values(const exchange::SpaceSettings& space, std::int64_t image_channels,
                           double pixels, bool whole);

}  // namespace bench::memory
