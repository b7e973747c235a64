#pragma once

#include "metrics/image_view.h"

namespace bench::metrics {

/// Mean absolute error over all samples of all channels, on the scale of the samples: [0, 255] for
/// bytes and doubles, [0, 1] for floats.
/// \throws ShapeMismatch unless both views have one shape and hold all their samples.
double mean_absolute_error(const ByteImage& restored, const ByteImage& target);
double mean_absolute_error(const FloatImage& restored, const FloatImage& target);
double mean_absolute_error(const DoubleImage& restored, const DoubleImage& target);

}  // namespace bench::metrics
