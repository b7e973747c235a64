#include "datasets/picture.h"

#include <algorithm>

namespace bench::datasets {

Picture black_picture(int channels, int height, int width) {
  if ((channels != 1 && channels != 3) || height < 1 || width < 1) {
    throw PictureError("picture: expected 1 or 3 channels and positive sides, got [" +
                       std::to_string(channels) + ", " + std::to_string(height) + ", " +
                       std::to_string(width) + "]");
  }
  Picture picture{channels, height, width, {}};
  picture.samples.resize(static_cast<std::size_t>(channels) * picture.plane_size());
  return picture;
}

void require_whole(const Picture& picture, std::string_view where) {
  const bool whole =
      (picture.channels == 1 || picture.channels == 3) && picture.height > 0 && picture.width > 0 &&
      picture.samples.size() == static_cast<std::size_t>(picture.channels) * picture.plane_size();
  if (whole) return;
  throw PictureError(std::string(where) + ": expected a whole picture of 1 or 3 channels, got " +
                     shape_text(picture) + " with " + std::to_string(picture.samples.size()) +
                     " samples");
}

FloatPicture to_float(const Picture& picture) {
  FloatPicture result{picture.channels, picture.height, picture.width, {}};
  result.samples.resize(picture.samples.size());
  std::transform(picture.samples.begin(), picture.samples.end(), result.samples.begin(),
                 [](std::uint8_t sample) { return static_cast<float>(sample) / 255.0F; });
  return result;
}

Picture to_bytes(const FloatPicture& picture) {
  Picture result{picture.channels, picture.height, picture.width, {}};
  result.samples.resize(picture.samples.size());
  std::transform(picture.samples.begin(), picture.samples.end(), result.samples.begin(),
                 [](float sample) {
                   const float scaled = sample * 255.0F;
                   // Written so that NaN takes the first branch.
                   if (!(scaled > 0.0F)) return std::uint8_t{0};
                   return static_cast<std::uint8_t>(std::min(scaled, 255.0F) + 0.5F);
                 });
  return result;
}

Picture to_gray(const Picture& picture) {
  if (picture.channels == 1) return picture;
  Picture gray = black_picture(1, picture.height, picture.width);
  const std::size_t plane = picture.plane_size();
  const std::uint8_t* red = picture.samples.data();
  const std::uint8_t* green = red + plane;
  const std::uint8_t* blue = green + plane;
  for (std::size_t i = 0; i < plane; ++i) {
    gray.samples[i] = static_cast<std::uint8_t>(
        (19595U * red[i] + 38470U * green[i] + 7471U * blue[i] + 32768U) >> 16);
  }
  return gray;
}

Picture crop(const Picture& picture, int top, int left, int height, int width) {
  if (top < 0 || left < 0 || height < 1 || width < 1 || height > picture.height - top ||
      width > picture.width - left) {
    throw PictureError("crop: expected a part of the picture " + shape_text(picture) +
                       ", got top " + std::to_string(top) + ", left " + std::to_string(left) +
                       ", height " + std::to_string(height) + ", width " + std::to_string(width));
  }
  Picture part = black_picture(picture.channels, height, width);
  auto destination = part.samples.begin();
  for (int channel = 0; channel < picture.channels; ++channel) {
    for (int row = 0; row < height; ++row) {
      const auto start =
          static_cast<std::size_t>(channel) * picture.plane_size() +
          static_cast<std::size_t>(top + row) * static_cast<std::size_t>(picture.width) +
          static_cast<std::size_t>(left);
      destination = std::copy_n(picture.samples.begin() + static_cast<std::ptrdiff_t>(start), width,
                                destination);
    }
  }
  return part;
}

}  // namespace bench::datasets
