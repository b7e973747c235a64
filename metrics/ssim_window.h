#pragma once

#include <vector>

namespace bench::metrics {

/// What SSIM's local means are weighted with.
enum class Window {
  kGaussian11,  ///< 11 x 11, sigma 1.5, sum 1 (Wang et al. 2004)
  kUniform7,    ///< 7 x 7, all equal (scikit-image's default)
  /// kGaussian11 as the widely copied `pytorch_ssim` builds it: in float32, so that it sums to
  /// 1 + 4e-8 or so; the rest of the arithmetic is double here. Slow: not separable.
  kGaussian11Float32,
};

/// What stands beyond the border of an image.
enum class Padding {
  kValid,      ///< nothing: only windows wholly inside count (Wang's ssim.m)
  kZero,       ///< zeros, the map as large as the image (pytorch_ssim)
  kReplicate,  ///< the border pixel again, the map as large as the image (Matlab's ssim)
};

/// Pixels from the window's center to its edge: 5 or 3.
int window_radius(Window window);

/// One-dimensional weights of a separable window, 2 * radius + 1 of them, sum 1.
/// \throws std::invalid_argument for kGaussian11Float32.
std::vector<double> window_taps(Window window);

/// All (2 * radius + 1)^2 weights, row after row.
std::vector<double> window_weights(Window window);

}  // namespace bench::metrics
