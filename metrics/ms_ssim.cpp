#include "metrics/ms_ssim.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "metrics/downsample.h"
#include "metrics/image_pair.h"
#include "metrics/ssim_plane.h"

namespace bench::metrics {
namespace {

constexpr std::array<double, 5> kExponents{0.0448, 0.2856, 0.3001, 0.2363, 0.1333};
// 11 pixels after four halvings.
constexpr int kSmallestSide = 176;
// Below, the errors of float32 would not average out, and double costs nothing.
constexpr double kFewestFloatPixels = 4096.0;

template <typename Real, typename Sample>
double factor_of_scale(const ImageView<Sample>& restored, const ImageView<Sample>& target,
                       std::size_t scale, double range) {
  const SsimTerms terms{.luminance_constant = 0.01 * range * 0.01 * range,
                        .contrast_constant = 0.03 * range * 0.03 * range,
                        .with_luminance = scale + 1 == kExponents.size()};
  const SsimPlanes<Sample> planes{restored.samples.data(), target.samples.data(), target.height,
                                  target.width};
  const double pixels = static_cast<double>(target.height) * target.width;
  const double mean = pixels < kFewestFloatPixels ? mean_ssim_of_plane<double>(planes, terms)
                                                  : mean_ssim_of_plane<Real>(planes, terms);
  return std::pow(std::max(0.0, mean), kExponents[scale]);
}

/// Of one-channel images.
template <typename Real, typename Sample>
double product_of_scales(const ImageView<Sample>& restored, const ImageView<Sample>& target,
                         double range) {
  double product = factor_of_scale<Real>(restored, target, 0, range);
  auto small_restored = halve<Real>(restored);
  auto small_target = halve<Real>(target);
  for (std::size_t scale = 1;; ++scale) {
    product *= factor_of_scale<Real>(small_restored.view(), small_target.view(), scale, range);
    if (scale + 1 == kExponents.size()) return product;
    small_restored = halve<Real>(small_restored.view());
    small_target = halve<Real>(small_target.view());
  }
}

template <typename Real, typename Sample>
double ms_ssim_of(const ImageView<Sample>& restored, const ImageView<Sample>& target,
                  double range) {
  require_image_pair("ms_ssim", restored, target);
  if (std::min(target.height, target.width) < kSmallestSide) {
    throw ImageTooSmall(
        "ms_ssim: expected sides of at least 176 pixels (11 at the fifth scale), got " +
        shape_of(target));
  }
  const auto plane_size =
      static_cast<std::size_t>(target.height) * static_cast<std::size_t>(target.width);
  double total = 0.0;
  for (int channel = 0; channel < target.channels; ++channel) {
    const std::size_t start = static_cast<std::size_t>(channel) * plane_size;
    total += product_of_scales<Real, Sample>(
        {1, target.height, target.width, restored.samples.subspan(start, plane_size)},
        {1, target.height, target.width, target.samples.subspan(start, plane_size)}, range);
  }
  return total / target.channels;
}

}  // namespace

double ms_ssim(const FloatImage& restored, const FloatImage& target, Precision precision) {
  return precision == Precision::kDouble ? ms_ssim_of<double>(restored, target, 1.0)
                                         : ms_ssim_of<float>(restored, target, 1.0);
}

double ms_ssim(const ByteImage& restored, const ByteImage& target, Precision precision) {
  return precision == Precision::kDouble ? ms_ssim_of<double>(restored, target, 255.0)
                                         : ms_ssim_of<float>(restored, target, 255.0);
}

double ms_ssim(const DoubleImage& restored, const DoubleImage& target) {
  return ms_ssim_of<double>(restored, target, 255.0);
}

}  // namespace bench::metrics
