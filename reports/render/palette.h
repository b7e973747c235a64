#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace bench::reports {

/// Colours of series on white, told apart also by readers with a colour deficiency; the ninth
/// series takes the first colour again with another dash. (The page has its own for a dark ground:
/// classes c0..c7 of report.css.)
constexpr std::array<std::string_view, 8> kSeriesColours = {
    "#2166AC", "#D95F0E", "#1B8A6B", "#B2396B", "#7058A3", "#8C6D1F", "#3A9FBF", "#6B7280"};

/// Paper to ink of heat maps.
constexpr std::string_view kPale = "#EAF1F8";
constexpr std::string_view kDark = "#1F5F99";

/// A colour between `kPale` (0) and `kDark` (1), as #RRGGBB.
std::string heat_colour(double share);

/// Whether text on `heat_colour(share)` is white.
constexpr bool is_dark_heat(double share) {
  return share > 0.55;
}

}  // namespace bench::reports
