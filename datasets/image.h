#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace bench::datasets {

/// An image file or value that cannot be used: the message names it and says why.
class ImageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The planes of one image: plane after plane, row after row, no gaps.
template <typename Sample>
struct Planes {
  int channels = 0;  ///< 1 (gray) or 3 (red, green, blue)
  int height = 0;
  int width = 0;
  std::vector<Sample> samples;  ///< channels * height * width values

  std::size_t plane_size() const {
    return static_cast<std::size_t>(height) * static_cast<std::size_t>(width);
  }

  friend bool operator==(const Planes&, const Planes&) = default;
};

using Image = Planes<std::uint8_t>;  ///< values in [0, 255]
using FloatImage = Planes<float>;    ///< values nominally in [0, 1]; noise may leave the range

/// A black image. \throws ImageError unless channels is 1 or 3 and both sides are positive.
Image black_image(int channels, int height, int width);

/// \param where  named in the message.
/// \throws ImageError unless the image has 1 or 3 channels, positive sides and all its samples.
void require_whole(const Image& image, std::string_view where);

/// "[channels, height, width]", for messages.
template <typename Sample>
std::string shape_text(const Planes<Sample>& image) {
  return std::string("[") + std::to_string(image.channels) + ", " + std::to_string(image.height) +
         ", " + std::to_string(image.width) + "]";
}

/// Samples / 255.
FloatImage to_float(const Image& image);

/// Samples * 255, clipped to [0, 255], rounded half up. NaN becomes 0.
Image to_bytes(const FloatImage& image);

/// Luma as PIL's convert("L") computes it: (19595 R + 38470 G + 7471 B + 32768) >> 16.
/// A gray image is returned as it is.
Image to_gray(const Image& image);

/// The part of `image` whose top left pixel is (top, left).
/// \throws ImageError unless it lies wholly inside.
Image crop(const Image& image, int top, int left, int height, int width);

}  // namespace bench::datasets
