#pragma once

#include "metrics/planes.h"

namespace bench::metrics {

/// A rectangle inside an image, in pixels.
struct Region {
  int top;
  int left;
  int height;
  int width;

  friend bool operator==(const Region&, const Region&) = default;
};

/// What is left of height x width pixels after `border` pixels are cut from each side.
/// \throws ImageTooSmall if nothing is left. \throws std::invalid_argument if border < 0.
Region inside_border(int height, int width, int border);

/// The center of an image whose sides are multiples of `multiple`: the offset is the removed
/// margin halved and rounded down (CLEARER's test script crops so to multiples of 64).
/// \throws ImageTooSmall if a side is below `multiple`; std::invalid_argument if multiple < 1.
Region center_multiple(int height, int width, int multiple);

/// A copy of that part of every plane.
/// \throws ShapeMismatch unless the image is whole; std::invalid_argument if the region is not
/// inside it.
template <typename Sample>
Planes<Sample> crop(const ImageView<Sample>& image, const Region& region);

}  // namespace bench::metrics
