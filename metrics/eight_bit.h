#pragma once

#include <cstdint>

#include "metrics/planes.h"

namespace bench::metrics {

/// How a restored image became 8-bit, or that it did not.
enum class Rounding {
  kNone,      ///< the metric sees the network's floats
  kRound,     ///< to nearest
  kTruncate,  ///< towards zero, as a bare conversion to uint8 does: half a gray level of bias
};

/// Bytes of an image in [0, 1], times 255, values outside clipped first (a bare conversion would
/// wrap around; no published evaluation relies on that).
/// The product is formed in float32, so that an image made as byte / 255 gives its bytes back
/// with kTruncate as well.
/// \throws std::invalid_argument for kNone, or if a value is not finite; ShapeMismatch unless the
/// image is whole.
Planes<std::uint8_t> to_eight_bit(const FloatImage& image, Rounding rounding);

/// The image on the 8-bit scale, [0, 255], not rounded.
/// \param clip  bring values outside [0, 1] to the nearest of 0 and 1 first
/// \throws std::invalid_argument if a value is not finite; ShapeMismatch unless the image is
/// whole.
Planes<double> to_eight_bit_scale(const FloatImage& image, bool clip);
Planes<double> to_eight_bit_scale(const ByteImage& image);

}  // namespace bench::metrics
