#pragma once

#include "metrics/image_view.h"
#include "metrics/ssim.h"

namespace bench::metrics {

/// Multi-scale structural similarity (Wang, Simoncelli, Bovik 2003): the product over five scales
/// of the mean contrast-structure term, at the fifth the mean SSIM, to the powers .0448, .2856,
/// .3001, .2363, .1333. Gaussian 11/1.5, valid windows; 2 x 2 means between scales, an odd last
/// row or column dropped. A negative term counts as 0. Several channels: the mean of their values.
///
/// \param restored  values in [0, 1]
/// \throws ShapeMismatch unless both views have one shape and hold all their samples;
/// ImageTooSmall if a side is below 176 (the window must fit the fifth scale).
double ms_ssim(const FloatImage& restored, const FloatImage& target,
               Precision precision = Precision::kDouble);

/// The same for 8-bit images, range 255.
double ms_ssim(const ByteImage& restored, const ByteImage& target,
               Precision precision = Precision::kDouble);

/// The same for unrounded values on the 8-bit scale, range 255; always in double.
double ms_ssim(const DoubleImage& restored, const DoubleImage& target);

}  // namespace bench::metrics
