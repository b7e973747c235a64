#pragma once

#include "baselines/classical/float_planes.h"

namespace bench::classical {

/// Defaults: what the authors' program uses at every noise level; `wnnm_options_for` gives the
/// rest.
struct WnnmOptions {
  int patch_size = 7;         ///< 6 to 9
  int largest_group = 90;     ///< patches in a group before the first `group_decrease`
  int iterations = 12;        ///< over the whole image
  double noise_scale = 0.56;  ///< lambda: of the noise that is thought to be left
  int search_radius = 30;     ///< pixels each way: windows of 61x61
  int group_decrease = 10;    ///< patches fewer at each search for similar ones, the first included
  int search_period = 2;      ///< iterations for which the groups that were found are kept
  double feedback = 0.1;      ///< delta: share of what was removed that each iteration gives back
  double strength = 2.8284271247461903;  ///< c: 2 sqrt(2)
  int threads = 1;                       ///< the result does not depend on it
};

/// The published settings of a noise level: patch size, group, iterations and noise scale change
/// above sigma 20, 40 and 60 (`ParSet` of the authors' program).
WnnmOptions wnnm_options_for(double sigma_8bit);

/// Weighted nuclear norm minimization (Gu, Zhang, Zuo, Feng, CVPR 2014) of a gray image.
///
/// Each iteration gives back a share of what was removed, stacks around each reference patch (every
/// patch_size / 2 - 1 pixels) the patches like it as columns of a matrix, takes their mean away,
/// shrinks the singular values (`SingularValueShrinkage`), and averages the overlapping patches.
/// The noise left in a patch is noise_scale sqrt|sigma^2 - mean((noisy - estimate)^2)|, in the
/// first iteration sigma.
///
/// \param noisy       one plane in [0, 1], not clamped, sides of at least patch_size.
/// \param sigma_8bit  deviation of the white Gaussian noise on the 0..255 scale.
/// \returns an estimate of the same shape, not clamped. On one instruction set the same bits each
///          time; between instruction sets the last bits differ.
/// \throws std::invalid_argument naming the argument that is out of range.
FloatPlanes wnnm(const FloatPlanes& noisy, double sigma_8bit, const WnnmOptions& options);

/// The same with the published settings.
FloatPlanes wnnm(const FloatPlanes& noisy, double sigma_8bit, int threads = 1);

}  // namespace bench::classical
