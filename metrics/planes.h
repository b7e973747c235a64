#pragma once

#include <cstddef>
#include <vector>

#include "metrics/image_view.h"

namespace bench::metrics {

/// The planes of one image, owned: the same order and scale as ImageView.
template <typename Sample>
struct Planes {
  int channels = 0;
  int height = 0;
  int width = 0;
  std::vector<Sample> samples;  ///< channels * height * width values

  /// Valid as long as `samples` is neither changed in size nor destroyed.
  ImageView<Sample> view() const { return {channels, height, width, samples}; }

  friend bool operator==(const Planes&, const Planes&) = default;
};

/// Planes of that shape, all zero. REQUIRES: no number is negative.
template <typename Sample>
Planes<Sample> zero_planes(int channels, int height, int width) {
  const auto count = static_cast<std::size_t>(channels) * static_cast<std::size_t>(height) *
                     static_cast<std::size_t>(width);
  return {channels, height, width, std::vector<Sample>(count)};
}

}  // namespace bench::metrics
