#pragma once

#include <vector>

namespace bench::classical {

/// The 2-D transform of a patch, each coefficient orthonormal or nearly so.
enum class PatchTransform {
  kDct,     ///< orthonormal DCT-II, patches 8x8 and 12x12
  kBior15,  ///< biorthogonal spline wavelet 1.5, full depth, details beyond the patch zero;
            ///< patches 8x8
};

/// The patches whose top-left corners fill a rectangle, `columns` wide (a multiple of kLanes).
struct PatchRectangle {
  int rows = 0;
  int columns = 0;
  int patch_size = 0;

  int coefficients() const { return patch_size * patch_size; }
};

/// Transforms every patch of the rectangle whose first corner is `corner`.
///
/// \param corner   pixel rows `stride` apart; columns + patch_size + kLanes of each are read.
/// \param spectra  rows * columns * coefficients values are written, one patch after the other;
///                 coefficient 0 is the patch's mean. Aligned to 64 bytes.
/// \pre patch_size is one that `transform` allows.
void transform_patches(const float* corner, int stride, const PatchRectangle& rectangle,
                       PatchTransform transform, float* spectra);

/// The inverse: each patch goes back to pixels, is multiplied by `window` (coefficients() values)
/// and added to `sum`, whose pixel rows are `sum_stride` apart.
/// \pre rows of `sum` hold columns + patch_size + kLanes values.
void add_inverse_patches(const float* spectra, const PatchRectangle& rectangle,
                         PatchTransform transform, const float* window, float* sum, int sum_stride);

}  // namespace bench::classical
