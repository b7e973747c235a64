#pragma once

#include "metrics/ssim_plane.h"

namespace bench::metrics {

/// The definition written down: every window summed anew over its (2 radius + 1)^2 pixels, in
/// double. Slow; for windows that are not separable, and to check the fast path against.
/// REQUIRES: for kValid, sides of at least the window's.
template <typename Sample>
double mean_ssim_directly(const SsimPlanes<Sample>& planes, const SsimTerms& terms);

}  // namespace bench::metrics
