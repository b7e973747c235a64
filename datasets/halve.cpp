#include "datasets/halve.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace bench::datasets {
namespace {

// Keys' cubic of a = -1/2, widened to twice its size, at distances 0.5, 1.5, 2.5 and 3.5, in 1/512.
constexpr std::array<std::int64_t, 4> kHalfKernel = {222, 58, -18, -6};
constexpr int kHalfTaps = 8;
constexpr std::int64_t kHalfUnit = 512;  // the sum of all eight

constexpr std::int64_t half_weight(int tap) {
  return tap < 4 ? kHalfKernel[static_cast<std::size_t>(3 - tap)]
                 : kHalfKernel[static_cast<std::size_t>(tap - 4)];
}

// Beyond the border the image is its mirror image, the border sample twice.
int mirrored_index(int index, int size) {
  const int period = 2 * size;
  const int inside = ((index % period) + period) % period;
  return inside < size ? inside : period - 1 - inside;
}

// `lines` lines of `size` samples -> lines of half as many; sample i of line l is at
// l * line_step + i * step.
std::vector<std::int64_t> halved_lines(const std::vector<std::int64_t>& from, int lines, int size,
                                       std::size_t line_step, std::size_t step) {
  const int half = (size + 1) / 2;
  std::vector<std::int64_t> to;
  to.reserve(static_cast<std::size_t>(lines) * static_cast<std::size_t>(half));
  for (int line = 0; line < lines; ++line) {
    const std::int64_t* const start = from.data() + static_cast<std::size_t>(line) * line_step;
    for (int i = 0; i < half; ++i) {
      std::int64_t sum = 0;
      // The eight samples around the middle between samples 2 i and 2 i + 1.
      for (int tap = 0; tap < kHalfTaps; ++tap) {
        const auto at = static_cast<std::size_t>(mirrored_index(2 * i + tap - 3, size));
        sum += half_weight(tap) * start[at * step];
      }
      to.push_back(sum);
    }
  }
  return to;
}

std::uint8_t byte_of_sum(std::int64_t sum) {
  constexpr std::int64_t kSquare = kHalfUnit * kHalfUnit;
  return static_cast<std::uint8_t>(std::clamp<std::int64_t>((sum + kSquare / 2) >> 18, 0, 255));
}

}  // namespace

Image halve(const Image& image) {
  require_whole(image, "halve");
  Image result = black_image(image.channels, (image.height + 1) / 2, (image.width + 1) / 2);
  const std::size_t half_plane = result.plane_size();
  for (int channel = 0; channel < image.channels; ++channel) {
    const auto first =
        image.samples.begin() + static_cast<std::ptrdiff_t>(image.plane_size()) * channel;
    const std::vector<std::int64_t> plane(first,
                                          first + static_cast<std::ptrdiff_t>(image.plane_size()));
    // Rows: each line is a row. Then columns of the narrower plane: [column][row].
    const auto narrow =
        halved_lines(plane, image.height, image.width, static_cast<std::size_t>(image.width), 1);
    const auto turned =
        halved_lines(narrow, result.width, image.height, 1, static_cast<std::size_t>(result.width));
    auto* const to = result.samples.data() + half_plane * static_cast<std::size_t>(channel);
    for (int x = 0; x < result.width; ++x) {
      for (int y = 0; y < result.height; ++y) {
        const auto sum =
            turned[static_cast<std::size_t>(x) * static_cast<std::size_t>(result.height) +
                   static_cast<std::size_t>(y)];
        to[static_cast<std::size_t>(y) * static_cast<std::size_t>(result.width) +
           static_cast<std::size_t>(x)] = byte_of_sum(sum);
      }
    }
  }
  return result;
}

}  // namespace bench::datasets
