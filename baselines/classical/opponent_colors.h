#pragma once

#include <array>

#include "baselines/classical/float_planes.h"

namespace bench::classical {

/// The opponent color space of color BM3D (Dabov et al., ICIP 2007): Y = (R+G+B)/3,
/// U = (R-B)/2, V = (R-2G+B)/4. \pre three planes.
FloatPlanes opponent_from_rgb(const FloatPlanes& rgb);

/// Inverse of `opponent_from_rgb`.
FloatPlanes rgb_from_opponent(const FloatPlanes& opponent);

/// Deviation of Y, U and V where R, G and B carry independent noise of deviation 1.
std::array<double, 3> opponent_noise_gains();

}  // namespace bench::classical
