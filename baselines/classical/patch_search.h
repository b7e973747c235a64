#pragma once

#include <cstdint>
#include <vector>

#include "baselines/classical/padded_plane.h"

namespace bench::classical {

/// Finds the patches that are most like a reference patch, in a window that ends at the border of
/// the image; any number of them, of patches of 6x6 to 9x9 pixels. One object a thread.
class PatchSearch {
 public:
  /// \param search_radius  candidates lie at most this far from the reference, each way.
  PatchSearch(int patch_size, int search_radius);

  /// The reference itself, then the `wanted` - 1 nearest (sum of squared differences); equal
  /// distances are ordered by position, rows first. All candidates where there are fewer.
  ///
  /// \param image  without border.
  /// \param row, column  corner of the reference.
  /// \returns corners as row * image.width + column; valid until the next call.
  const std::vector<std::uint32_t>& nearest(const PaddedPlane& image, int row, int column,
                                            int wanted);

 private:
  int patch_size_;
  int search_radius_;
  std::vector<float> distances_;
  std::vector<std::uint64_t> keys_;
  std::vector<std::uint32_t> found_;
};

}  // namespace bench::classical
