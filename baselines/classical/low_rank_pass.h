#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "baselines/classical/float_planes.h"
#include "baselines/classical/padded_plane.h"

namespace bench::classical {

/// Around which patches groups are made, and how.
struct GroupGrid {
  int patch_size = 7;
  int search_radius = 30;  ///< pixels each way
  int largest_group = 80;
  std::vector<int> rows;     ///< corners of the reference patches: all pairs (row, column)
  std::vector<int> columns;  ///< likewise

  std::size_t references() const { return rows.size() * columns.size(); }
};

/// For each reference patch, rows first, the corners of the patches like it, itself first:
/// row * width + column.
using SimilarPatches = std::vector<std::vector<std::uint32_t>>;

/// Searches `image` (without border) on `threads` threads.
SimilarPatches similar_patches(const PaddedPlane& image, const GroupGrid& grid, int threads);

/// Stacks each group as the columns of a matrix, takes the columns' mean away, shrinks the singular
/// values (`SingularValueShrinkage`), adds the mean, and averages the overlapping patches.
///
/// \param image  without border; each pixel lies in a reference patch.
/// \param sigmas   deviation of the noise in each reference's group, in the image's unit.
/// \param strength c of the shrinkage.
/// \returns one plane of the same shape; it does not depend on `threads`.
FloatPlanes low_rank_pass(const PaddedPlane& image, const GroupGrid& grid,
                          const SimilarPatches& groups, std::span<const double> sigmas,
                          double strength, int threads);

}  // namespace bench::classical
