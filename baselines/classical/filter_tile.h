#pragma once

#include <span>
#include <vector>

#include "baselines/classical/collaborative_filter.h"
#include "baselines/classical/padded_plane.h"

namespace bench::classical {

/// Reference patches that are filtered together, so that their spectra stay in the cache.
struct FilterTile {
  int first_row = 0;                   ///< of the rectangle of candidates, in the padded plane
  int first_column = 0;                ///< likewise
  PatchRectangle candidates;           ///< around all references of the tile
  std::vector<int> reference_rows;     ///< relative to the rectangle
  std::vector<int> reference_columns;  ///< likewise

  int pixel_rows() const { return candidates.rows + candidates.patch_size - 1; }
  int pixel_stride() const;  ///< of a buffer that holds the tile's pixels
};

/// The tiles of an image of height x width pixels that was padded by the search radius.
std::vector<FilterTile> filter_tiles(int height, int width,
                                     const CollaborativeFilterOptions& options);

/// Floats whose first lies at a multiple of 64 bytes.
class AlignedFloats {
 public:
  /// `size` floats, zeros. \returns the first.
  float* zeros(std::size_t size);
  /// `size` floats, whatever was there.
  float* uninitialized(std::size_t size);

 private:
  std::vector<float> storage_;
};

/// Scratch memory of one thread, and the result of one tile.
struct TileWorkspace {
  AlignedFloats noisy_spectra;
  AlignedFloats basic_spectra;
  AlignedFloats spectrum_sums;
  AlignedFloats spectrum_weights;
  /// Of each plane, pixel_rows() x pixel_stride(): the sum of weighted values, that of weights.
  std::vector<std::vector<float>> weighted_values;
  std::vector<std::vector<float>> weights;
};

/// Groups and filters the patches of a tile; the result lies in `workspace`.
/// \param basic  empty in pass 1.
void filter_tile(const FilterTile& tile, std::span<const PaddedPlane> noisy,
                 std::span<const PaddedPlane> basic, std::span<const float> sigmas,
                 const CollaborativeFilterOptions& options, TileWorkspace& workspace);

}  // namespace bench::classical
