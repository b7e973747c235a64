#include "reports/render/palette.h"

#include <algorithm>
#include <cmath>

namespace bench::reports {
namespace {

int channel(std::string_view color, std::size_t index) {
  return std::stoi(std::string(color.substr(1 + 2 * index, 2)), nullptr, 16);
}

}  // namespace

std::string heat_color(double share) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  const double weight = std::clamp(share, 0.0, 1.0);
  std::string color = "#";
  for (std::size_t i = 0; i < 3; ++i) {
    const auto mixed = static_cast<std::size_t>(
        std::lround((1 - weight) * channel(kPale, i) + weight * channel(kDark, i)));
    color.push_back(kDigits[mixed / 16]);
    color.push_back(kDigits[mixed % 16]);
  }
  return color;
}

}  // namespace bench::reports
