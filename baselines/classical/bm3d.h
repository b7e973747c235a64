#pragma once

#include "baselines/classical/float_planes.h"
#include "baselines/classical/patch_spectra.h"

namespace bench::classical {

/// Defaults: the program published with IPOL's analysis of BM3D (Lebrun, IPOL 2, 2012), where the
/// normal profile of the authors' own Matlab program is followed closely.
struct Bm3dOptions {
  PatchTransform basic_transform = PatchTransform::kBior15;  ///< pass 1, hard thresholding
  PatchTransform final_transform = PatchTransform::kDct;     ///< pass 2, Wiener filter
  int search_radius = 16;  ///< pixels each way, both passes: windows of 33x33
  int reference_step = 3;  ///< pixels between reference patches, both passes
  int basic_group = 16;    ///< patches in a group of pass 1: a power of two, at most 32
  int final_group = 32;    ///< the same for pass 2
  int threads = 1;         ///< the result does not depend on it
};

/// What the two passes of BM3D give.
struct Bm3dEstimates {
  FloatPlanes basic;
  FloatPlanes final;
};

/// BM3D (Dabov, Foi, Katkovnik, Egiazarian, TIP 2007), for three planes color BM3D (ICIP 2007):
/// filtered in an opponent color space, patches grouped by luminance.
///
/// The noise level chooses, as in the IPOL program: patches of 12x12 instead of 8x8 in a pass with
/// DCT from sigma 40 on; the largest distance of a match below and from sigma 35 on.
///
/// \param noisy       1 or 3 planes in [0, 1], not clamped, sides of at least 12 pixels.
/// \param sigma_8bit  deviation of the white Gaussian noise on the 0..255 scale: 30 means 30/255.
/// \returns an estimate of the same shape, not clamped. On one instruction set the same bits each
///          time; between instruction sets the last bits differ.
/// \throws std::invalid_argument naming the argument that is out of range.
FloatPlanes bm3d(const FloatPlanes& noisy, double sigma_8bit, const Bm3dOptions& options = {});

/// The same, with the basic estimate of pass 1.
Bm3dEstimates bm3d_estimates(const FloatPlanes& noisy, double sigma_8bit,
                             const Bm3dOptions& options = {});

}  // namespace bench::classical
