#pragma once

#include <cstdint>
#include <span>

namespace bench::metrics {

/// The planes of one image, owned by somebody else: plane after plane, row after row, no gaps.
template <typename Sample>
struct ImageView {
  int channels;
  int height;
  int width;
  std::span<const Sample> samples;  ///< channels * height * width values
};

using ByteImage = ImageView<std::uint8_t>;  ///< values in [0, 255]
using FloatImage = ImageView<float>;        ///< values in [0, 1]
/// Values on the 8-bit scale, [0, 255], not rounded: a luma of 8-bit images, for example.
using DoubleImage = ImageView<double>;

}  // namespace bench::metrics
