#include "metrics/ssim.h"

#include <algorithm>
#include <string>
#include <type_traits>

#include "metrics/downsample.h"
#include "metrics/image_pair.h"
#include "metrics/ssim_direct.h"
#include "metrics/ssim_plane.h"

namespace bench::metrics {
namespace {

double covariance_factor(const SsimOptions& options) {
  if (options.covariance == Covariance::kPopulation) return 1.0;
  const double side = 2.0 * window_radius(options.window) + 1.0;
  return side * side / (side * side - 1.0);
}

SsimTerms terms_of(const SsimOptions& options, double range) {
  return {.window = options.window,
          .padding = options.padding,
          .luminance_constant = 0.01 * range * 0.01 * range,
          .contrast_constant = 0.03 * range * 0.03 * range,
          .covariance_factor = covariance_factor(options),
          .with_luminance = true};
}

/// Float32 errs by up to 2e-6 in one window; over this many the errors average out.
constexpr double kFewestFloatWindows = 4096.0;

template <typename Sample>
bool in_float(const ImageView<Sample>& image, const SsimOptions& options) {
  return options.precision == Precision::kFloat && !std::is_same_v<Sample, double> &&
         static_cast<double>(image.height) * image.width >= kFewestFloatWindows;
}

template <typename Sample>
void require_window_fits(const ImageView<Sample>& image, Window window) {
  const int side = 2 * window_radius(window) + 1;
  if (std::min(image.height, image.width) >= side) return;
  throw ImageTooSmall("ssim: expected sides of at least " + std::to_string(side) +
                      " pixels, the window's, got " + shape_of(image));
}

template <typename Sample>
double mean_of_channels(const ImageView<Sample>& restored, const ImageView<Sample>& target,
                        const SsimOptions& options, double range) {
  require_window_fits(target, options.window);
  const auto terms = terms_of(options, range);
  const auto plane_size = static_cast<std::ptrdiff_t>(target.height) * target.width;
  double total = 0.0;
  for (int channel = 0; channel < target.channels; ++channel) {
    const SsimPlanes<Sample> planes{restored.samples.data() + channel * plane_size,
                                    target.samples.data() + channel * plane_size, target.height,
                                    target.width};
    if (options.window == Window::kGaussian11Float32) {
      total += mean_ssim_directly(planes, terms);
    } else if (!in_float(target, options)) {
      total += mean_ssim_of_plane<double>(planes, terms);
    } else if constexpr (!std::is_same_v<Sample, double>) {
      total += mean_ssim_of_plane<float>(planes, terms);
    }
  }
  return total / target.channels;
}

template <typename Sample>
double ssim_of(const ImageView<Sample>& restored, const ImageView<Sample>& target,
               const SsimOptions& options, double range) {
  require_image_pair("ssim", restored, target);
  const int factor =
      options.wang_downsample ? wang_downsample_factor(target.height, target.width) : 1;
  if (factor == 1) return mean_of_channels(restored, target, options, range);
  const auto small_restored = box_downsample(restored, factor);
  const auto small_target = box_downsample(target, factor);
  return mean_of_channels(small_restored.view(), small_target.view(), options, range);
}

}  // namespace

double ssim(const FloatImage& restored, const FloatImage& target, const SsimOptions& options) {
  return ssim_of(restored, target, options, 1.0);
}

double ssim(const ByteImage& restored, const ByteImage& target, const SsimOptions& options) {
  return ssim_of(restored, target, options, 255.0);
}

double ssim(const DoubleImage& restored, const DoubleImage& target, const SsimOptions& options) {
  return ssim_of(restored, target, options, 255.0);
}

}  // namespace bench::metrics
