#pragma once

#include <cstdint>

#include "metrics/planes.h"

namespace bench::metrics {

/// Bytes from a linear congruential generator: any shape, the same on every machine.
Planes<std::uint8_t> noise_image(int channels, int height, int width, std::uint32_t seed);

/// A smooth formula image with `noise_levels` of uniform noise, in [0, 255].
Planes<std::uint8_t> wavy_image(int channels, int height, int width, int noise_levels,
                                std::uint32_t seed);

/// byte / 255, in float32.
Planes<float> unit_range(const Planes<std::uint8_t>& bytes);

}  // namespace bench::metrics
