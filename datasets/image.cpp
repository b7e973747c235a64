#include "datasets/image.h"

#include <algorithm>

namespace bench::datasets {

Image black_image(int channels, int height, int width) {
  if ((channels != 1 && channels != 3) || height < 1 || width < 1) {
    throw ImageError("image: expected 1 or 3 channels and positive sides, got [" +
                     std::to_string(channels) + ", " + std::to_string(height) + ", " +
                     std::to_string(width) + "]");
  }
  Image image{channels, height, width, {}};
  image.samples.resize(static_cast<std::size_t>(channels) * image.plane_size());
  return image;
}

void require_whole(const Image& image, std::string_view where) {
  const bool whole =
      (image.channels == 1 || image.channels == 3) && image.height > 0 && image.width > 0 &&
      image.samples.size() == static_cast<std::size_t>(image.channels) * image.plane_size();
  if (whole) return;
  throw ImageError(std::string(where) + ": expected a whole image of 1 or 3 channels, got " +
                   shape_text(image) + " with " + std::to_string(image.samples.size()) +
                   " samples");
}

FloatImage to_float(const Image& image) {
  FloatImage result{image.channels, image.height, image.width, {}};
  result.samples.resize(image.samples.size());
  std::transform(image.samples.begin(), image.samples.end(), result.samples.begin(),
                 [](std::uint8_t sample) { return static_cast<float>(sample) / 255.0F; });
  return result;
}

Image to_bytes(const FloatImage& image) {
  Image result{image.channels, image.height, image.width, {}};
  result.samples.resize(image.samples.size());
  std::transform(image.samples.begin(), image.samples.end(), result.samples.begin(),
                 [](float sample) {
                   const float scaled = sample * 255.0F;
                   // Written so that NaN takes the first branch.
                   if (!(scaled > 0.0F)) return std::uint8_t{0};
                   return static_cast<std::uint8_t>(std::min(scaled, 255.0F) + 0.5F);
                 });
  return result;
}

Image to_gray(const Image& image) {
  if (image.channels == 1) return image;
  Image gray = black_image(1, image.height, image.width);
  const std::size_t plane = image.plane_size();
  const std::uint8_t* red = image.samples.data();
  const std::uint8_t* green = red + plane;
  const std::uint8_t* blue = green + plane;
  for (std::size_t i = 0; i < plane; ++i) {
    gray.samples[i] = static_cast<std::uint8_t>(
        (19595U * red[i] + 38470U * green[i] + 7471U * blue[i] + 32768U) >> 16);
  }
  return gray;
}

Image crop(const Image& image, int top, int left, int height, int width) {
  if (top < 0 || left < 0 || height < 1 || width < 1 || height > image.height - top ||
      width > image.width - left) {
    throw ImageError("crop: expected a part of the image " + shape_text(image) + ", got top " +
                     std::to_string(top) + ", left " + std::to_string(left) + ", height " +
                     std::to_string(height) + ", width " + std::to_string(width));
  }
  Image part = black_image(image.channels, height, width);
  auto destination = part.samples.begin();
  for (int channel = 0; channel < image.channels; ++channel) {
    for (int row = 0; row < height; ++row) {
      const auto start =
          static_cast<std::size_t>(channel) * image.plane_size() +
          static_cast<std::size_t>(top + row) * static_cast<std::size_t>(image.width) +
          static_cast<std::size_t>(left);
      destination = std::copy_n(image.samples.begin() + static_cast<std::ptrdiff_t>(start), width,
                                destination);
    }
  }
  return part;
}

}  // namespace bench::datasets
