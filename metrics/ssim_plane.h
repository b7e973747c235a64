#pragma once

#include <cstddef>

#include "metrics/instruction_set.h"
#include "metrics/ssim_window.h"

namespace bench::metrics {

/// Two planes of height x width samples and how to compare them.
template <typename Sample>
struct SsimPlanes {
  const Sample* restored;
  const Sample* target;
  int height;
  int width;
};

/// The constants of one SSIM.
struct SsimTerms {
  Window window = Window::kGaussian11;
  Padding padding = Padding::kValid;
  double luminance_constant;       ///< C1 = (.01 L)^2, L the range of the samples
  double contrast_constant;        ///< C2 = (.03 L)^2
  double covariance_factor = 1.0;  ///< n / (n - 1) for sample covariance, else 1
  bool with_luminance = true;      ///< false: the contrast-structure term alone
};

/// Mean of the SSIM map of one plane, by separable filters over column tiles that stay in the
/// first-level cache, `Real` being the type of all arithmetic but the last sum (double).
///
/// From s = x + y and d = x - y: 2 mu_x mu_y / (mu_x^2 + mu_y^2) and its like for the variances
/// are 1 - 2 d^2 / (s^2 + d^2), so four filtered maps do instead of five, and alike images
/// lose no digits.
/// REQUIRES: a separable window; for kValid, sides of at least the window's.
template <typename Real, typename Sample>
double mean_ssim_of_plane(const SsimPlanes<Sample>& planes, const SsimTerms& terms,
                          InstructionSet set = best_instruction_set());

}  // namespace bench::metrics
