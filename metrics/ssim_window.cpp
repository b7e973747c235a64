#include "metrics/ssim_window.h"

#include <cmath>
#include <cstddef>
#include <stdexcept>

namespace bench::metrics {
namespace {

constexpr double kSigma = 1.5;

/// exp(-offset^2 / (2 sigma^2)) for offsets -5 .. 5, not normalized.
double bell(int offset) {
  return std::exp(-(offset * offset) / (2.0 * kSigma * kSigma));
}

std::vector<double> gaussian_taps() {
  std::vector<double> taps;
  double sum = 0.0;
  for (int offset = -5; offset <= 5; ++offset) {
    taps.push_back(bell(offset));
    sum += taps.back();
  }
  for (double& tap : taps) tap /= sum;
  return taps;
}

std::vector<double> float32_weights() {
  std::vector<float> taps;
  // Torch adds the eleven in vector lanes; its result is the correctly rounded sum. Adding them in
  // order is one unit in the last place below, which moves a score by 4e-6.
  double sum = 0.0;
  for (int offset = -5; offset <= 5; ++offset) {
    taps.push_back(static_cast<float>(bell(offset)));
    sum += static_cast<double>(taps.back());
  }
  for (float& tap : taps) tap /= static_cast<float>(sum);
  std::vector<double> weights;
  for (const float row : taps) {
    for (const float column : taps) weights.push_back(row * column);
  }
  return weights;
}

}  // namespace

int window_radius(Window window) {
  return window == Window::kUniform7 ? 3 : 5;
}

std::vector<double> window_taps(Window window) {
  switch (window) {
    case Window::kGaussian11:
      return gaussian_taps();
    case Window::kUniform7:
      return std::vector<double>(7, 1.0 / 7.0);
    case Window::kGaussian11Float32:
      break;
  }
  throw std::invalid_argument(
      "window_taps: the float32 Gaussian is not separable; use window_weights");
}

std::vector<double> window_weights(Window window) {
  if (window == Window::kGaussian11Float32) return float32_weights();
  const auto taps = window_taps(window);
  std::vector<double> weights;
  for (const double row : taps) {
    for (const double column : taps) weights.push_back(row * column);
  }
  return weights;
}

}  // namespace bench::metrics
