#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace bench::reports {

/// Colors of series on white that readers with a color deficiency can distinguish; the ninth
/// series takes the first color again with another dash. (The page has its own for a dark ground:
/// classes c0..c7 of report.css.)
constexpr std::array<std::string_view, 8> kSeriesColors = {
    "#2166AC", "#D95F0E", "#1B8A6B", "#B2396B", "#7058A3", "#8C6D1F", "#3A9FBF", "#6B7280"};

/// Paper to ink of heat maps.
constexpr std::string_view kPale = "#EAF1F8";
constexpr std::string_view kDark = "#1F5F99";

/// A color between `kPale` (0) and `kDark` (1), as #RRGGBB.
std::string heat_color(double share);

/// Whether text on `heat_color(share)` is white.
constexpr bool is_dark_heat(double share) {
  return share > 0.55;
}

}  // namespace bench::reports
