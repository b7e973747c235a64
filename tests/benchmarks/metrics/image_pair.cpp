#include "image_pair.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace bench::metrics {
namespace {

constexpr int kHeight = 1080;
constexpr int kWidth = 1920;

std::uint8_t clean_sample(int channel, int row, int column) {
  const double wave = 127.5 + 90.0 * std::sin(0.011 * column + channel) * std::cos(0.017 * row);
  const double edge = (column / 37 + row / 53) % 2 == 0 ? 25.0 : -25.0;
  return static_cast<std::uint8_t>(std::clamp(wave + edge, 0.0, 255.0));
}

}  // namespace

ImagePair full_hd_pair() {
  ImagePair pair{zero_planes<std::uint8_t>(3, kHeight, kWidth),
                 zero_planes<std::uint8_t>(3, kHeight, kWidth)};
  std::uint32_t state = 1;
  std::size_t i = 0;
  for (int channel = 0; channel < 3; ++channel) {
    for (int row = 0; row < kHeight; ++row) {
      for (int column = 0; column < kWidth; ++column, ++i) {
        // The linear congruential generator of Numerical Recipes; its high bits, -16 .. 15.
        state = 1664525U * state + 1013904223U;
        const int noise = static_cast<int>(state >> 27U) - 16;
        const int clean = clean_sample(channel, row, column);
        pair.target.samples[i] = static_cast<std::uint8_t>(clean);
        pair.restored.samples[i] = static_cast<std::uint8_t>(std::clamp(clean + noise, 0, 255));
      }
    }
  }
  return pair;
}

}  // namespace bench::metrics
