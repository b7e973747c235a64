#include "metrics/crop.h"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "metrics/image_pair.h"

namespace bench::metrics {
namespace {

std::string size_of(int height, int width) {
  return std::to_string(height) + " x " + std::to_string(width) + " pixels (height x width)";
}

}  // namespace

Region inside_border(int height, int width, int border) {
  if (border < 0) {
    throw std::invalid_argument("inside_border: expected a border of 0 or more pixels, got " +
                                std::to_string(border));
  }
  if (std::min(height, width) <= 2 * border) {
    throw ImageTooSmall("inside_border: nothing is left of " + size_of(height, width) + " when " +
                        std::to_string(border) + " are cut from each side");
  }
  return {border, border, height - 2 * border, width - 2 * border};
}

Region center_multiple(int height, int width, int multiple) {
  if (multiple < 1) {
    throw std::invalid_argument("center_multiple: expected a multiple of 1 or more, got " +
                                std::to_string(multiple));
  }
  const int cropped_height = height / multiple * multiple;
  const int cropped_width = width / multiple * multiple;
  if (cropped_height == 0 || cropped_width == 0) {
    throw ImageTooSmall("center_multiple: expected sides of at least " + std::to_string(multiple) +
                        ", got " + size_of(height, width));
  }
  return {(height - cropped_height) / 2, (width - cropped_width) / 2, cropped_height,
          cropped_width};
}

template <typename Sample>
Planes<Sample> crop(const ImageView<Sample>& image, const Region& region) {
  require_whole("crop", image);
  if (region.top < 0 || region.left < 0 || region.height < 1 || region.width < 1 ||
      region.top + region.height > image.height || region.left + region.width > image.width) {
    throw std::invalid_argument("crop: the region " + size_of(region.height, region.width) +
                                " at (" + std::to_string(region.top) + ", " +
                                std::to_string(region.left) + ") is not inside " +
                                size_of(image.height, image.width));
  }
  Planes<Sample> part{image.channels, region.height, region.width, {}};
  part.samples.reserve(static_cast<std::size_t>(image.channels) *
                       static_cast<std::size_t>(region.height) *
                       static_cast<std::size_t>(region.width));
  for (int channel = 0; channel < image.channels; ++channel) {
    for (int row = 0; row < region.height; ++row) {
      const auto start =
          image.samples.begin() +
          (static_cast<std::ptrdiff_t>(channel) * image.height + region.top + row) * image.width +
          region.left;
      part.samples.insert(part.samples.end(), start, start + region.width);
    }
  }
  return part;
}

template Planes<std::uint8_t> crop(const ByteImage&, const Region&);
template Planes<float> crop(const FloatImage&, const Region&);
template Planes<double> crop(const DoubleImage&, const Region&);

}  // namespace bench::metrics
