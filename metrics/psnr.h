#pragma once

#include "metrics/image_view.h"

namespace bench::metrics {

/// 10 log10(peak^2 / mean_squared_error), in dB; +infinity for no error at all.
/// \param mean_squared_error  >= 0, on the scale of `peak`
double psnr_db_of_mse(double mean_squared_error, double peak);

/// Inverse of `psnr_db_of_mse`: 0 for +infinity.
double mse_of_psnr_db(double psnr_db, double peak);

/// Mean of the squared differences over all samples of all channels, on the scale of the samples.
/// \throws ShapeMismatch unless both views have one shape and hold all their samples.
double mean_squared_error(const ByteImage& restored, const ByteImage& target);
double mean_squared_error(const FloatImage& restored, const FloatImage& target);
double mean_squared_error(const DoubleImage& restored, const DoubleImage& target);

/// Peak signal-to-noise ratio of one image, in dB.
///
/// \param restored  values in [0, 1] (peak 1); not clamped here.
/// \param target    the clean image, of the same shape.
/// \returns +infinity if the images are identical.
/// \throws ShapeMismatch unless both views have one shape and hold all their samples.
///
/// Protocol: all channels together, no border cropped, no rounding. The mean over a data set
/// is the mean of these values (not the PSNR of the mean error) -- as in the evaluation
/// scripts released with CLEARER (NeurIPS 2020). Other protocols: metrics/score.h.
double psnr_db(const FloatImage& restored, const FloatImage& target);

/// The same for 8-bit images, peak 255.
double psnr_db(const ByteImage& restored, const ByteImage& target);

/// The same for unrounded values on the 8-bit scale, peak 255.
double psnr_db(const DoubleImage& restored, const DoubleImage& target);

}  // namespace bench::metrics
