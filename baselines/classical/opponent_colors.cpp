#include "baselines/classical/opponent_colors.h"

#include <cmath>

namespace bench::classical {
namespace {

using Matrix = std::array<std::array<float, 3>, 3>;

constexpr Matrix kOpponentFromRgb = {
    {{1.0f / 3.0f, 1.0f / 3.0f, 1.0f / 3.0f}, {0.5f, 0.0f, -0.5f}, {0.25f, -0.5f, 0.25f}}};
constexpr Matrix kRgbFromOpponent = {
    {{1.0f, 1.0f, 2.0f / 3.0f}, {1.0f, 0.0f, -4.0f / 3.0f}, {1.0f, -1.0f, 2.0f / 3.0f}}};

FloatPlanes mixed(const FloatPlanes& planes, const Matrix& matrix) {
  FloatPlanes result = planes;
  const std::size_t pixels = planes.samples.size() / 3;
  for (std::size_t row = 0; row < 3; ++row) {
    for (std::size_t i = 0; i < pixels; ++i) {
      result.samples[row * pixels + i] = matrix[row][0] * planes.samples[i] +
                                         matrix[row][1] * planes.samples[pixels + i] +
                                         matrix[row][2] * planes.samples[2 * pixels + i];
    }
  }
  return result;
}

}  // namespace

FloatPlanes opponent_from_rgb(const FloatPlanes& rgb) {
  return mixed(rgb, kOpponentFromRgb);
}

FloatPlanes rgb_from_opponent(const FloatPlanes& opponent) {
  return mixed(opponent, kRgbFromOpponent);
}

std::array<double, 3> opponent_noise_gains() {
  std::array<double, 3> gains{};
  for (std::size_t row = 0; row < 3; ++row) {
    double squares = 0.0;
    for (const float entry : kOpponentFromRgb[row]) squares += static_cast<double>(entry) * entry;
    gains[row] = std::sqrt(squares);
  }
  return gains;
}

}  // namespace bench::classical
