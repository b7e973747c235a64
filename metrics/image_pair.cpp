#include "metrics/image_pair.h"

namespace bench::metrics {
namespace {

template <typename Sample>
bool is_whole(const ImageView<Sample>& image) {
  if (image.channels < 1 || image.height < 1 || image.width < 1) return false;
  return image.samples.size() == static_cast<std::size_t>(image.channels) *
                                     static_cast<std::size_t>(image.height) *
                                     static_cast<std::size_t>(image.width);
}

}  // namespace

template <typename Sample>
std::string shape_of(const ImageView<Sample>& image) {
  // Appended piece by piece: g++ 12 warns wrongly about `"[" + std::to_string(...)`.
  std::string text = "[";
  for (const int side : {image.channels, image.height})
    text.append(std::to_string(side)).append(", ");
  text.append(std::to_string(image.width)).append("] with ");
  return text.append(std::to_string(image.samples.size())).append(" samples");
}

template <typename Sample>
void require_whole(std::string_view user, const ImageView<Sample>& image) {
  if (is_whole(image)) return;
  throw ShapeMismatch(std::string(user) + ": expected a whole [C, H, W] image, got " +
                      shape_of(image));
}

template <typename Sample>
void require_image_pair(std::string_view metric, const ImageView<Sample>& restored,
                        const ImageView<Sample>& target) {
  const bool same_shape = restored.channels == target.channels &&
                          restored.height == target.height && restored.width == target.width;
  if (same_shape && is_whole(restored) && is_whole(target)) return;
  throw ShapeMismatch(std::string(metric) +
                      ": expected two whole [C, H, W] images of one shape, got restored " +
                      shape_of(restored) + " and target " + shape_of(target));
}

template std::string shape_of(const ByteImage&);
template std::string shape_of(const FloatImage&);
template std::string shape_of(const DoubleImage&);
template void require_whole(std::string_view, const ByteImage&);
template void require_whole(std::string_view, const FloatImage&);
template void require_whole(std::string_view, const DoubleImage&);
template void require_image_pair(std::string_view, const ByteImage&, const ByteImage&);
template void require_image_pair(std::string_view, const FloatImage&, const FloatImage&);
template void require_image_pair(std::string_view, const DoubleImage&, const DoubleImage&);

}  // namespace bench::metrics
