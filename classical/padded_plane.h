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

/// `plane` (height * width values) with `border` mirrored pixels on each side; the edge pixel
/// itself is repeated (... 1 0 | 0 1 2 ...). Borders wider than the plane mirror again.
PaddedPlane mirror_padded(const float* plane, int height, int width, int border);

}  // namespace bench::classical
