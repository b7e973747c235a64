#pragma once

#include <span>

#include "baselines/classical/block_matching.h"
#include "baselines/classical/float_planes.h"
#include "baselines/classical/patch_spectra.h"

namespace bench::classical {

struct CollaborativeFilterOptions {
  BlockMatchingOptions matching;
  PatchTransform transform = PatchTransform::kDct;
  int reference_step = 3;  ///< pixels between reference patches; the last row and column always
  int threads = 1;
};

/// One of the two passes of BM3D (Dabov et al., TIP 2007) over a whole image: patches are
/// grouped by likeness in plane 0, each group is shrunk in a 3-D transform domain, and the
/// overlapping results are averaged with the groups' weights and a Kaiser window (beta 2).
///
/// \param noisy   values on the 0..255 scale.
/// \param basic   null in pass 1 (hard thresholding, grouped in `noisy`); in pass 2 the result of
///                pass 1, in which patches are grouped and which steers the Wiener filter.
/// \param sigmas  deviation of the noise in each plane, 0..255 scale.
/// \returns the estimate on the 0..255 scale, not clamped; it does not depend on `threads`.
FloatPlanes collaborative_filter(const FloatPlanes& noisy, const FloatPlanes* basic,
                                 std::span<const float> sigmas,
                                 const CollaborativeFilterOptions& options);

}  // namespace bench::classical
