#include "reports/render/palette.h"

#include <algorithm>
#include <cmath>

namespace bench::reports {
namespace {

int channel(std::string_view colour, std::size_t index) {
  return std::stoi(std::string(colour.substr(1 + 2 * index, 2)), nullptr, 16);
}

}  // namespace

std::string heat_colour(double share) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  const double weight = std::clamp(share, 0.0, 1.0);
  std::string colour = "#";
  for (std::size_t i = 0; i < 3; ++i) {
    const auto mixed = static_cast<std::size_t>(
        std::lround((1 - weight) * channel(kPale, i) + weight * channel(kDark, i)));
    colour.push_back(kDigits[mixed / 16]);
    colour.push_back(kDigits[mixed % 16]);
  }
  return colour;
}

}  // namespace bench::reports
