#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/randomness/stream.h"

namespace bench::datasets {

inline constexpr int kTextureSide = 128;  ///< samples; a power of two
inline constexpr int kTexturesPerScene = 3;

/// Square textures that repeat without a seam, of mean 0 and deviation 1.
struct Textures {
  std::vector<float> samples;  ///< [kTexturesPerScene, kTextureSide, kTextureSide]

  float at(int texture, int row, int column) const {
    constexpr int kMask = kTextureSide - 1;
    return samples[static_cast<std::size_t>(
        (texture * kTextureSide + (row & kMask)) * kTextureSide + (column & kMask))];
  }
};

/// Value noise in octaves of equal energy, which is a power spectrum of f^-2: bilinear between
/// random values on lattices of 32, 16, 8, 4 and 2 samples. Textures differ in how much weight
/// the fine octaves have. Bit-identical on every machine.
Textures make_textures(randomness::Stream& stream);

}  // namespace bench::datasets
