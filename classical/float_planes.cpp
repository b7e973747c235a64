#include "classical/float_planes.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

namespace bench::classical {
namespace {

[[noreturn]] void refuse(std::string_view method, const std::string& complaint) {
  throw std::invalid_argument(std::string(method) + ": " + complaint);
}

std::string shape_of(const FloatPlanes& picture) {
  std::string shape;
  for (const int side : {picture.channels, picture.height, picture.width}) {
    shape += shape.empty() ? "[" : ", ";
    shape += std::to_string(side);
  }
  return shape + "] with " + std::to_string(picture.samples.size()) + " samples";
}

}  // namespace

void require_restorable(std::string_view method, const FloatPlanes& picture, int smallest_side) {
  const std::string shape = shape_of(picture);
  if (picture.channels != 1 && picture.channels != 3) {
    refuse(method, "expected 1 (gray) or 3 (RGB) planes, got " + shape);
  }
  if (picture.height < smallest_side || picture.width < smallest_side) {
    refuse(method, "expected sides of at least " + std::to_string(smallest_side) + " pixels, got " +
                       shape + "; pad the picture");
  }
  const auto expected = static_cast<std::size_t>(picture.channels) *
                        static_cast<std::size_t>(picture.height) *
                        static_cast<std::size_t>(picture.width);
  if (picture.samples.size() != expected) {
    refuse(method, "expected " + std::to_string(expected) + " samples, got " + shape);
  }
  const auto odd = std::find_if_not(picture.samples.begin(), picture.samples.end(),
                                    [](float value) { return std::isfinite(value); });
  if (odd != picture.samples.end()) {
    refuse(method, "expected finite values, got " + std::to_string(*odd) + " at sample " +
                       std::to_string(odd - picture.samples.begin()));
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
