#pragma once

#include "metrics/planes.h"

namespace bench::metrics {

/// Factor of Wang's ssim.m (2009): max(1, round(shorter side / 256)), halves away from zero.
int wang_downsample_factor(int height, int width);

/// Each plane averaged over factor x factor pixels, then every factor-th pixel from the first, as
/// Matlab's imfilter (symmetric, center of an even box at its upper left middle) and (1:f:end).
/// \throws ShapeMismatch unless the image is whole.
template <typename Sample>
Planes<double> box_downsample(const ImageView<Sample>& image, int factor);

/// Means of 2 x 2 pixels; an odd last row or column is dropped (average pooling).
/// \throws ImageTooSmall if a side is below 2.
template <typename Real, typename Sample>
Planes<Real> halve(const ImageView<Sample>& image);

}  // namespace bench::metrics
