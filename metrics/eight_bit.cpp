#include "metrics/eight_bit.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

#include "metrics/image_pair.h"

namespace bench::metrics {
namespace {

void require_numbers(const FloatImage& image) {
  const auto bad = std::find_if(image.samples.begin(), image.samples.end(),
                                [](float value) { return !std::isfinite(value); });
  if (bad == image.samples.end()) return;
  throw std::invalid_argument("score: expected finite values in [0, 1], found " +
                              std::to_string(*bad) + " at sample " +
                              std::to_string(bad - image.samples.begin()) + " of " +
                              shape_of(image) + "; a diverged network has no score");
}

}  // namespace

Planes<std::uint8_t> to_eight_bit(const FloatImage& image, Rounding rounding) {
  if (rounding == Rounding::kNone) {
    throw std::invalid_argument(
        "to_eight_bit: expected rounding to nearest or truncation, got none; use "
        "to_eight_bit_scale for unrounded values");
  }
  require_whole("to_eight_bit", image);
  require_numbers(image);
  auto bytes = zero_planes<std::uint8_t>(image.channels, image.height, image.width);
  for (std::size_t i = 0; i < bytes.samples.size(); ++i) {
    const float level = image.samples[i] * 255.0F;
    const float inside = level > 0.0F ? std::min(level, 255.0F) : 0.0F;
    // nearbyint: halves go to the even neighbor, as in NumPy and Torch.
    bytes.samples[i] = static_cast<std::uint8_t>(
        rounding == Rounding::kRound ? std::nearbyint(inside) : std::floor(inside));
  }
  return bytes;
}

Planes<double> to_eight_bit_scale(const FloatImage& image, bool clip) {
  require_whole("to_eight_bit_scale", image);
  require_numbers(image);
  auto levels = zero_planes<double>(image.channels, image.height, image.width);
  for (std::size_t i = 0; i < levels.samples.size(); ++i) {
    const double level = 255.0 * static_cast<double>(image.samples[i]);
    levels.samples[i] = clip ? std::clamp(level, 0.0, 255.0) : level;
  }
  return levels;
}

Planes<double> to_eight_bit_scale(const ByteImage& image) {
  require_whole("to_eight_bit_scale", image);
  return {image.channels, image.height, image.width, {image.samples.begin(), image.samples.end()}};
}

}  // namespace bench::metrics
