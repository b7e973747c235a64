#include "metrics/ssim_direct.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace bench::metrics {
namespace {

/// Weighted sums over one window.
struct Moments {
  double x = 0.0, y = 0.0, xx = 0.0, yy = 0.0, xy = 0.0;
};

/// A sample outside the image is zero or the nearest one inside.
template <typename Sample>
double sample_at(const Sample* plane, const SsimPlanes<Sample>& planes, Padding padding, int row,
                 int column) {
  const bool outside = row < 0 || column < 0 || row >= planes.height || column >= planes.width;
  if (outside && padding == Padding::kZero) return 0.0;
  const int inside_row = std::clamp(row, 0, planes.height - 1);
  const int inside_column = std::clamp(column, 0, planes.width - 1);
  return static_cast<double>(
      plane[static_cast<std::ptrdiff_t>(inside_row) * planes.width + inside_column]);
}

template <typename Sample>
Moments moments_at(const SsimPlanes<Sample>& planes, const SsimTerms& terms,
                   const std::vector<double>& weights, int row, int column) {
  const int radius = window_radius(terms.window);
  Moments moments;
  auto weight = weights.begin();
  for (int down = -radius; down <= radius; ++down) {
    for (int right = -radius; right <= radius; ++right, ++weight) {
      const double x =
          sample_at(planes.restored, planes, terms.padding, row + down, column + right);
      const double y = sample_at(planes.target, planes, terms.padding, row + down, column + right);
      moments.x += *weight * x;
      moments.y += *weight * y;
      moments.xx += *weight * x * x;
      moments.yy += *weight * y * y;
      moments.xy += *weight * x * y;
    }
  }
  return moments;
}

double ssim_of(const Moments& m, const SsimTerms& terms) {
  const double factor = terms.covariance_factor;
  const double variance_x = factor * (m.xx - m.x * m.x);
  const double variance_y = factor * (m.yy - m.y * m.y);
  const double covariance = factor * (m.xy - m.x * m.y);
  const double contrast = (2.0 * covariance + terms.contrast_constant) /
                          (variance_x + variance_y + terms.contrast_constant);
  if (!terms.with_luminance) return contrast;
  return contrast * (2.0 * m.x * m.y + terms.luminance_constant) /
         (m.x * m.x + m.y * m.y + terms.luminance_constant);
}

}  // namespace

template <typename Sample>
double mean_ssim_directly(const SsimPlanes<Sample>& planes, const SsimTerms& terms) {
  const auto weights = window_weights(terms.window);
  const int margin = terms.padding == Padding::kValid ? window_radius(terms.window) : 0;
  double total = 0.0;
  for (int row = margin; row < planes.height - margin; ++row) {
    for (int column = margin; column < planes.width - margin; ++column) {
      total += ssim_of(moments_at(planes, terms, weights, row, column), terms);
    }
  }
  return total / (static_cast<double>(planes.height - 2 * margin) *
                  static_cast<double>(planes.width - 2 * margin));
}

template double mean_ssim_directly(const SsimPlanes<std::uint8_t>&, const SsimTerms&);
template double mean_ssim_directly(const SsimPlanes<float>&, const SsimTerms&);
template double mean_ssim_directly(const SsimPlanes<double>&, const SsimTerms&);

}  // namespace bench::metrics
