#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace bench::datasets {

/// A picture file or value that cannot be used: the message names it and says why.
class PictureError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The planes of one picture: plane after plane, row after row, no gaps.
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

using Picture = Planes<std::uint8_t>;  ///< values in [0, 255]
using FloatPicture = Planes<float>;    ///< values nominally in [0, 1]; noise may leave the range

/// A black picture. \throws PictureError unless channels is 1 or 3 and both sides are positive.
Picture black_picture(int channels, int height, int width);

/// \param where  named in the message.
/// \throws PictureError unless the picture has 1 or 3 channels, positive sides and all its samples.
void require_whole(const Picture& picture, std::string_view where);

/// "[channels, height, width]", for messages.
template <typename Sample>
std::string shape_text(const Planes<Sample>& picture) {
  return std::string("[") + std::to_string(picture.channels) + ", " +
         std::to_string(picture.height) + ", " + std::to_string(picture.width) + "]";
}

/// Samples / 255.
FloatPicture to_float(const Picture& picture);

/// Samples * 255, clipped to [0, 255], rounded half up. NaN becomes 0.
Picture to_bytes(const FloatPicture& picture);

/// Luma as PIL's convert("L") computes it: (19595 R + 38470 G + 7471 B + 32768) >> 16.
/// A gray picture is returned as it is.
Picture to_gray(const Picture& picture);

/// The part of `picture` whose top left pixel is (top, left).
/// \throws PictureError unless it lies wholly inside.
Picture crop(const Picture& picture, int top, int left, int height, int width);

}  // namespace bench::datasets
