#include "random_images.h"

#include <algorithm>
#include <cmath>

namespace bench::metrics {
namespace {

/// The generator of Numerical Recipes; only its high bits are used.
std::uint32_t next(std::uint32_t& state) {
  state = 1664525U * state + 1013904223U;
  return state >> 16U;
}

}  // namespace

Planes<std::uint8_t> noise_image(int channels, int height, int width, std::uint32_t seed) {
  auto image = zero_planes<std::uint8_t>(channels, height, width);
  for (auto& sample : image.samples) sample = static_cast<std::uint8_t>(next(seed) >> 8U);
  return image;
}

Planes<std::uint8_t> wavy_image(int channels, int height, int width, int noise_levels,
                                std::uint32_t seed) {
  auto image = zero_planes<std::uint8_t>(channels, height, width);
  for (std::size_t i = 0; i < image.samples.size(); ++i) {
    const auto column = static_cast<int>(i % static_cast<std::size_t>(width));
    const auto row = static_cast<int>(i / static_cast<std::size_t>(width));
    const int clean =
        static_cast<int>(127.5 + 80.0 * std::sin(0.09 * column) * std::cos(0.07 * row));
    const int noise =
        static_cast<int>(next(seed) % (2U * static_cast<unsigned>(noise_levels) + 1U)) -
        noise_levels;
    image.samples[i] = static_cast<std::uint8_t>(std::clamp(clean + noise, 0, 255));
  }
  return image;
}

Planes<float> unit_range(const Planes<std::uint8_t>& bytes) {
  Planes<float> floats{bytes.channels, bytes.height, bytes.width, {}};
  floats.samples.reserve(bytes.samples.size());
  for (const auto byte : bytes.samples) floats.samples.push_back(static_cast<float>(byte) / 255.0F);
  return floats;
}

}  // namespace bench::metrics
