#pragma once

#include "metrics/image_view.h"
#include "metrics/ssim_window.h"

namespace bench::metrics {

/// Divisor of the local (co)variances.
enum class Covariance {
  kPopulation,  ///< weights that sum to 1 (Wang et al. 2004)
  kSample,      ///< times n / (n - 1), n the window's pixels (scikit-image's default)
};

enum class Precision {
  kDouble,
  /// Arithmetic in float32, about twice as fast, for images of 4096 pixels or more (smaller ones
  /// are done in double: nothing averages out there). Largest difference from kDouble measured:
  /// 1e-8 for smooth, noisy, dark and bright nearly flat images, 8e-7 for flat black beside flat
  /// white within 100 pixels; the tests demand 1e-6.
  kFloat,
};

/// Defaults: Wang, Bovik, Sheikh, Simoncelli 2004.
struct SsimOptions {
  Window window = Window::kGaussian11;
  Padding padding = Padding::kValid;
  Covariance covariance = Covariance::kPopulation;
  /// As Wang's ssim.m of 2009: first average f x f pixels and take every f-th, with
  /// f = max(1, round(shorter side / 256)). Changes much for sides of 384 pixels or more.
  bool wang_downsample = false;
  Precision precision = Precision::kDouble;
};

/// Structural similarity of one image, in [-1, 1]; 1 for identical images. K = (.01, .03); the
/// mean of the map, and for several channels the mean of their values.
///
/// \param restored  values in [0, 1] (L = 1)
/// \throws ShapeMismatch unless both views have one shape and hold all their samples;
/// ImageTooSmall, naming the image's size and the window's, if a side is below the window's.
double ssim(const FloatImage& restored, const FloatImage& target, const SsimOptions& options = {});

/// The same for 8-bit images, L = 255.
double ssim(const ByteImage& restored, const ByteImage& target, const SsimOptions& options = {});

/// The same for unrounded values on the 8-bit scale, L = 255; always in double.
double ssim(const DoubleImage& restored, const DoubleImage& target,
            const SsimOptions& options = {});

}  // namespace bench::metrics
