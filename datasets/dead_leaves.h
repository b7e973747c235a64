#pragma once

#include <cstdint>

#include "datasets/picture.h"

namespace bench::datasets {

/// One picture of the embedded data: dead leaves (Matheron 1968; as a model of natural images Lee,
/// Mumford and Huang 2001). Discs, ellipses and polygons with radii of density r^-3 lie over one
/// another; each has a colour, a shading and a texture with 1/f amplitude. Rendered at twice the
/// size and averaged. The picture is a pure function of its arguments, bit-identical on every
/// machine. Parameters: docs/data.md.
///
/// \param index     picture number within the seed; any value
/// \param channels  1 or 3; the gray picture is the PIL "L" luma of the colour one
/// \returns 8-bit samples
/// \throws PictureError for other channels, or a side outside [1, 4096]
Picture embedded_scene(std::uint64_t seed, std::uint64_t index, int height, int width,
                       int channels);

}  // namespace bench::datasets
