#include "baselines/classical/float_planes.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

namespace bench::classical {
namespace {

[[noreturn]] void refuse(std::string_view method, const std::string& complaint) {
  throw std::invalid_argument(std::string(method) + ": " + complaint);
}

std::string shape_of(const FloatPlanes& image) {
  std::string shape;
  for (const int side : {image.channels, image.height, image.width}) {
    shape += shape.empty() ? "[" : ", ";
    shape += std::to_string(side);
  }
  return shape + "] with " + std::to_string(image.samples.size()) + " samples";
}

}  // namespace

void require_restorable(std::string_view method, const FloatPlanes& image, int smallest_side) {
  const std::string shape = shape_of(image);
  if (image.channels != 1 && image.channels != 3) {
    refuse(method, "expected 1 (gray) or 3 (RGB) planes, got " + shape);
  }
  if (image.height < smallest_side || image.width < smallest_side) {
    refuse(method, "expected sides of at least " + std::to_string(smallest_side) + " pixels, got " +
                       shape + "; pad the image");
  }
  const auto expected = static_cast<std::size_t>(image.channels) *
                        static_cast<std::size_t>(image.height) *
                        static_cast<std::size_t>(image.width);
  if (image.samples.size() != expected) {
    refuse(method, "expected " + std::to_string(expected) + " samples, got " + shape);
  }
  const auto odd = std::find_if_not(image.samples.begin(), image.samples.end(),
                                    [](float value) { return std::isfinite(value); });
  if (odd != image.samples.end()) {
    refuse(method, "expected finite values, got " + std::to_string(*odd) + " at sample " +
                       std::to_string(odd - image.samples.begin()));
  }
}

void require_noise_level(std::string_view method, double sigma_8bit) {
  if (std::isfinite(sigma_8bit) && sigma_8bit > 0.0) return;
  refuse(method,
         "expected a noise level above 0 on the 0..255 scale, got " + std::to_string(sigma_8bit));
}

void require_threads(std::string_view method, int threads) {
  if (threads >= 1) return;
  refuse(method, "expected at least 1 thread, got " + std::to_string(threads));
}

}  // namespace bench::classical
