#include "baselines/classical/padded_plane.h"

#include "baselines/classical/lanes.h"

namespace bench::classical {
namespace {

constexpr int kSlack = 4 * kLanes;

int mirrored(int index, int size, Mirror mirror) {
  const int repeated = mirror == Mirror::kEdgeTwice ? 1 : 0;
  const int period = 2 * (size - 1 + repeated);
  index %= period;
  if (index < 0) index += period;
  return index < size ? index : period - repeated - index;
}

}  // namespace

PaddedPlane mirror_padded(const float* plane, int height, int width, int border, Mirror mirror) {
  PaddedPlane padded;
  padded.height = height + 2 * border;
  padded.width = width + 2 * border;
  padded.stride = whole_lanes(padded.width) + kSlack;
  padded.samples.assign(
      static_cast<std::size_t>(padded.height) * static_cast<std::size_t>(padded.stride) + kSlack,
      0.0f);
  for (int y = 0; y < padded.height; ++y) {
    const float* source =
        plane + static_cast<std::ptrdiff_t>(mirrored(y - border, height, mirror)) * width;
    float* row = padded.samples.data() + static_cast<std::ptrdiff_t>(y) * padded.stride;
    for (int x = 0; x < padded.width; ++x) row[x] = source[mirrored(x - border, width, mirror)];
  }
  return padded;
}

}  // namespace bench::classical
