#pragma once

#include "baselines/classical/float_planes.h"

namespace bench::classical {

/// Defaults: noise up to sigma 30; `nlm_options_for` gives those of other levels.
struct NlmOptions {
  int patch_size = 7;          ///< odd, at least 3
  int search_radius = 10;      ///< pixels each way: a window of 21x21
  double strength = 0.40;      ///< the filter parameter h, in multiples of sigma
  bool subtract_noise = true;  ///< lower squared differences by the 2 sigma^2 that noise adds
  int threads = 1;             ///< the result does not depend on it
};

/// The settings of IPOL's non-local means (Buades, Coll, Morel, IPOL 1, 2011), as remembered, not
/// verified: up to sigma 30 7x7 patches in 21x21 windows, above 9x9 in 35x35.
NlmOptions nlm_options_for(double sigma_8bit);

/// Non-local means (Buades, Coll, Morel, CVPR 2005): each pixel becomes the mean of the pixels in
/// its window with weights exp(-max(d, 0)), d = sum G ((p - q)^2 - 2 sigma^2) / h^2 over the two
/// patches and the mean of the planes, G a Gaussian of deviation (patch_size - 1) / 4 and sum 1.
///
/// Agrees with scikit-image's `denoise_nl_means(fast_mode=False)`: patches reach over the border
/// by reflection, windows do not; a patch is dropped as soon as its rows from the top sum to d > 5;
/// exp is Schraudolph's approximation (Neural Computation 11, 1999).
///
/// \param noisy       1 or 3 planes in [0, 1], not clamped, sides of at least patch_size.
/// \param sigma_8bit  deviation of the noise on the 0..255 scale.
/// \throws std::invalid_argument naming the argument that is out of range.
FloatPlanes nlm(const FloatPlanes& noisy, double sigma_8bit, const NlmOptions& options = {});

}  // namespace bench::classical
