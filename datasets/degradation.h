#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/randomness/stream.h"
#include "datasets/image.h"

namespace bench::datasets {

/// Where a degraded image comes from.
enum class DegradationKind : std::uint8_t {
  kPaired,            ///< the data set holds it (rain): nothing is added
  kAwgnFloat,         ///< clean + N(0, sigma^2) in floating point, neither clipped nor rounded
  kAwgnClipTruncate,  ///< the same, clipped to [0, 255] and TRUNCATED to 8 bits (CLEARER's code,
                      ///< Q10)
};

/// A noise model is part of a score's protocol: the two kinds of noise are different tasks
/// (they differ by up to 2 dB and can reverse a ranking) and are never mixed in one column.
struct Degradation {
  DegradationKind kind = DegradationKind::kPaired;
  double sigma_8bit = 0.0;  ///< on the 0..255 scale: 30 means 30/255; 0 for kPaired

  friend bool operator==(const Degradation&, const Degradation&) = default;
};

/// "paired", "awgn-float(sigma=50)" or "awgn-clip-truncate(sigma=50)".
std::string to_string(const Degradation& degradation);

/// Inverse of `to_string`.
/// \throws std::invalid_argument naming the text and what was expected: a known kind, and for
///         noise a finite sigma in (0, 255].
Degradation parse_degradation(std::string_view text);

/// The stream of the noise of one test image: fixed by the data set's seed, the image's name
/// and sigma, so that every method sees the same noise.
randomness::Stream noise_stream(std::uint64_t seed, std::string_view image_name, double sigma_8bit);

/// `clean` as a network sees it, on [0, 1] (outside it for kAwgnFloat).
/// \throws std::invalid_argument for kPaired, which has no rule: read the pair instead.
FloatImage degrade(const Image& clean, const Degradation& degradation, randomness::Stream& stream);

/// The same in place, of values on [0, 1] that are multiples of 1/255; kPaired leaves them.
void degrade_in_place(std::span<float> values, const Degradation& degradation,
                      randomness::Stream& stream);

}  // namespace bench::datasets
