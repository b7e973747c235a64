#pragma once

#include <cstdint>

#include "datasets/image.h"

namespace bench::datasets {

/// One image of the embedded data: dead leaves (Matheron 1968; as a model of natural images Lee,
/// Mumford and Huang 2001). Discs, ellipses and polygons with radii of density r^-3 lie over one
/// another; each has a color, a shading and a texture with 1/f amplitude. Rendered at twice the
/// size and averaged. The image is a pure function of its arguments, bit-identical on every
/// machine. Parameters: docs/data.md.
///
/// \param index     image number within the seed; any value
/// \param channels  1 or 3; the gray image is the PIL "L" luma of the color one
/// \returns 8-bit samples
/// \throws ImageError for other channels, or a side outside [1, 4096]
Image embedded_scene(std::uint64_t seed, std::uint64_t index, int height, int width, int channels);

}  // namespace bench::datasets
