#pragma once

#include <vector>

namespace bench::classical {

/// A plane with a mirrored border. Rows are longer than the plane (`stride`), so that a vector
/// load that starts inside it never leaves the memory; that slack holds zeros.
struct PaddedPlane {
  int height = 0;  ///< with both borders
  int width = 0;   ///< with both borders
  int stride = 0;
  std::vector<float> samples;

  const float* at(int y, int x) const {
    return samples.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(stride) + x;
  }
};

/// What lies beyond the edge of the plane 0 1 2 ...
enum class Mirror {
  kEdgeTwice,  ///< ... 1 0 | 0 1 2 ...
  kEdgeOnce,   ///< ... 2 1 | 0 1 2 ..., as numpy's "reflect"; sides of at least 2 pixels
};

/// `plane` (height * width values) with `border` mirrored pixels on each side. Borders wider than
/// the plane mirror again.
PaddedPlane mirror_padded(const float* plane, int height, int width, int border, Mirror mirror);

}  // namespace bench::classical
