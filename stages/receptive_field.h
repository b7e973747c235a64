#pragma once

#include <cstdint>
#include <optional>

#include "training/network.h"

namespace bench::stages {

/// How many pixels away, up or down, an output value still depends on the input: found by
/// following gradients. Nothing where it depends on the whole image (a mean over it) or on more
/// than `limit` pixels.
/// \param scratch         its weights are overwritten: all the same sign, so that no path is
/// blocked \param image_channels  1 or 3
std::optional<std::int64_t> receptive_radius(training::RestorationNetwork& scratch,
                                             std::int64_t image_channels, std::int64_t limit = 512);

}  // namespace bench::stages
