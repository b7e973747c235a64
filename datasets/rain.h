#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/randomness/stream.h"
#include "datasets/image.h"

namespace bench::datasets {

enum class Blending : std::uint8_t {
  kAdditive,  ///< rainy = min(1, clean + streaks): the model of Rain100L and Rain100H
  kScreen,    ///< rainy = 1 - (1 - clean)(1 - streaks): Photoshop's screen, as in Rain1400
};

/// How the streaks of one kind of rain are drawn. Intervals are uniform; angles are of the
/// streak's axis against the horizontal, 90 = vertical, below 90 leaning to the right.
struct RainFamily {
  std::string_view name;
  std::string_view description;
  double angle_min_degrees, angle_max_degrees;  ///< main direction of a layer
  double angle_spread_degrees;                  ///< of single streaks around it, +-
  bool mirrored;                    ///< each layer leans to the left with probability 1/2
  int layers_min, layers_max;       ///< each with a direction of its own
  double length_min, length_max;    ///< pixels
  double width_min, width_max;      ///< pixels, full width of the profile
  double density_min, density_max;  ///< streaks per 1000 pixels, all layers together
  double opacity_min, opacity_max;  ///< brightness at the middle of a streak, on [0, 1]
  Blending blending;
};

/// The visible table: "light-vertical", "heavy-slanted", "multi-direction".
std::span<const RainFamily> rain_families();

/// \throws std::invalid_argument naming the known families and the nearest one.
const RainFamily& find_rain_family(std::string_view name);

/// `clean` under rain. Streaks are white and the same in each channel. Bit-identical on every
/// machine; a function of its arguments and the stream's position alone.
Image add_rain(const Image& clean, const RainFamily& family, randomness::Stream& stream);

}  // namespace bench::datasets
