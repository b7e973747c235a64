#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace bench::classical {

struct BlockMatchingOptions {
  int patch_size = 8;
  int search_radius = 16;      ///< candidates lie at most this far from the reference, each way
  int largest_group = 16;      ///< a power of two, at most 64
  float largest_distance = 1;  ///< sum of squared differences, above 0; candidates must be below
};

/// Groups of similar patches, one for each reference patch, in the order of the references.
struct PatchGroups {
  int capacity = 0;                 ///< slots for each group
  std::vector<std::uint8_t> sizes;  ///< powers of two, at least 1
  /// capacity entries a group, the first sizes[g] of them used: index of the patch's corner in the
  /// rectangle of candidates; the reference itself, then the nearest first.
  std::vector<std::uint32_t> corners;

  std::span<const std::uint32_t> group(std::size_t g) const {
    return {corners.data() + g * static_cast<std::size_t>(capacity), sizes[g]};
  }
};

/// Finds for each reference patch the most similar patches around it (BM3D's grouping step).
///
/// \param corner   first pixel of the rectangle of candidate corners; pixel rows `stride` apart.
/// \param columns  width of that rectangle, for the indices.
/// \param reference_rows, reference_columns  corners of the references in the rectangle, each at
///                 least search_radius from its border; all pairs (row, column) are references.
/// \returns groups row after row. Other equal distances are ordered by position, rows first.
PatchGroups match_blocks(const float* corner, int stride, int columns,
                         std::span<const int> reference_rows,
                         std::span<const int> reference_columns,
                         const BlockMatchingOptions& options);

}  // namespace bench::classical
