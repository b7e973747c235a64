#include "datasets/rain.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "core/randomness/deterministic_math.h"
#include "datasets/unknown_name.h"

// Compiled without fused multiply-add: see dead_leaves.cpp.
namespace bench::datasets {
namespace {

using randomness::Stream;

constexpr std::array kFamilies = {
    RainFamily{
        .name = "light-vertical",
        .description = "sparse short thin streaks, nearly vertical, screened (Rain100L-like)",
        .angle_min_degrees = 80,
        .angle_max_degrees = 90,
        .angle_spread_degrees = 3,
        .mirrored = true,
        .layers_min = 1,
        .layers_max = 1,
        .length_min = 8,
        .length_max = 18,
        .width_min = 0.8,
        .width_max = 1.3,
        .density_min = 3,
        .density_max = 6,
        .opacity_min = 0.25,
        .opacity_max = 0.55,
        .blending = Blending::kScreen},
    RainFamily{
        .name = "heavy-slanted",
        .description = "dense long wide streaks of one slant, added (Rain100H-like in strength)",
        .angle_min_degrees = 55,
        .angle_max_degrees = 75,
        .angle_spread_degrees = 2,
        .mirrored = true,
        .layers_min = 1,
        .layers_max = 1,
        .length_min = 20,
        .length_max = 45,
        .width_min = 1.0,
        .width_max = 2.2,
        .density_min = 5,
        .density_max = 9,
        .opacity_min = 0.3,
        .opacity_max = 0.7,
        .blending = Blending::kAdditive},
    RainFamily{.name = "multi-direction",
               .description = "two to four layers of unlike slants, medium streaks, screened "
                              "(Rain800- and Rain1400-like in variety)",
               .angle_min_degrees = 50,
               .angle_max_degrees = 90,
               .angle_spread_degrees = 5,
               .mirrored = true,
               .layers_min = 2,
               .layers_max = 4,
               .length_min = 10,
               .length_max = 30,
               .width_min = 0.8,
               .width_max = 2.0,
               .density_min = 6,
               .density_max = 11,
               .opacity_min = 0.25,
               .opacity_max = 0.6,
               .blending = Blending::kScreen}};

struct Streak {
  double x, y;
  double cosine, sine;
  double half_length, half_support;  // the profile is zero at half_support
  float opacity;
};

struct StreakLayer {
  int height, width;
  std::vector<float> brightness;  // [height, width] in [0, 1]
};

double between(Stream& stream, double low, double high) {
  return low + (high - low) * stream.uniform();
}

double layer_angle(Stream& stream, const RainFamily& family) {
  const double angle = between(stream, family.angle_min_degrees, family.angle_max_degrees);
  return family.mirrored && stream.uniform() < 0.5 ? 180.0 - angle : angle;
}

Streak draw_streak(Stream& stream, const RainFamily& family, double angle_degrees,
                   const StreakLayer& layer) {
  constexpr double kRadians = 0.017453292519943295769;
  const double angle =
      kRadians * (angle_degrees + family.angle_spread_degrees * (2.0 * stream.uniform() - 1.0));
  Streak streak{};
  streak.cosine = randomness::deterministic_cos(angle);
  // The image's rows count downwards.
  streak.sine = -randomness::deterministic_sin(angle);
  streak.half_length = 0.5 * between(stream, family.length_min, family.length_max);
  // (1 - (d/s)^2)^2 is half its height at d = 0.541 s.
  streak.half_support = between(stream, family.width_min, family.width_max) / (2.0 * 0.541);
  streak.opacity = static_cast<float>(between(stream, family.opacity_min, family.opacity_max));
  const double margin = streak.half_length;
  streak.x = between(stream, -margin, layer.width + margin);
  streak.y = between(stream, -margin, layer.height + margin);
  return streak;
}

// Both profiles are (1 - (d/s)^2)^2; lengthwise a streak fades over its outer half only.
float profile(const Streak& streak, double dx, double dy) {
  const double along = std::fabs(dx * streak.cosine + dy * streak.sine) / streak.half_length;
  const double across = (dy * streak.cosine - dx * streak.sine) / streak.half_support;
  if (along >= 1.0 || across * across >= 1.0) return 0.0F;
  const double sideways = 1.0 - across * across;
  const double fading = along <= 0.5 ? 0.0 : 2.0 * along - 1.0;
  const double lengthwise = 1.0 - fading * fading;
  return static_cast<float>(sideways * sideways * lengthwise * lengthwise);
}

// Streaks that cross are screened over each other, so that brightness stays below 1.
void draw(const Streak& streak, StreakLayer& layer) {
  const double reach_x = streak.half_length * std::fabs(streak.cosine) + streak.half_support + 1.0;
  const double reach_y = streak.half_length * std::fabs(streak.sine) + streak.half_support + 1.0;
  const int top = std::max(0, static_cast<int>(std::floor(streak.y - reach_y)));
  const int bottom = std::min(layer.height - 1, static_cast<int>(std::floor(streak.y + reach_y)));
  const int left = std::max(0, static_cast<int>(std::floor(streak.x - reach_x)));
  const int right = std::min(layer.width - 1, static_cast<int>(std::floor(streak.x + reach_x)));
  for (int row = top; row <= bottom; ++row) {
    float* pixels = layer.brightness.data() +
                    static_cast<std::size_t>(row) * static_cast<std::size_t>(layer.width);
    for (int column = left; column <= right; ++column) {
      const float light = streak.opacity * profile(streak, column - streak.x, row - streak.y);
      pixels[column] = 1.0F - (1.0F - pixels[column]) * (1.0F - light);
    }
  }
}

StreakLayer draw_rain(Stream& stream, const RainFamily& family, int height, int width) {
  const std::size_t size = static_cast<std::size_t>(height) * static_cast<std::size_t>(width);
  StreakLayer layer{height, width, std::vector<float>(size)};
  const int layers = family.layers_min + static_cast<int>(stream.below(static_cast<std::uint64_t>(
                                             family.layers_max - family.layers_min + 1)));
  const double density = between(stream, family.density_min, family.density_max) / layers;
  for (int i = 0; i < layers; ++i) {
    const double angle = layer_angle(stream, family);
    // Centers also lie outside by half a length: the count is for that larger area.
    const double margin = family.length_max;
    const double area = (width + margin) * (height + margin);
    const auto count = static_cast<std::int64_t>(density * area / 1000.0 + stream.uniform());
    for (std::int64_t drawn = 0; drawn < count; ++drawn) {
      draw(draw_streak(stream, family, angle, layer), layer);
    }
  }
  return layer;
}

std::uint8_t blend(std::uint8_t clean, float rain, Blending blending) {
  const float light = static_cast<float>(clean) / 255.0F;
  const float rainy = blending == Blending::kAdditive ? std::min(1.0F, light + rain)
                                                      : 1.0F - (1.0F - light) * (1.0F - rain);
  return static_cast<std::uint8_t>(rainy * 255.0F + 0.5F);
}

}  // namespace

std::span<const RainFamily> rain_families() {
  return kFamilies;
}

const RainFamily& find_rain_family(std::string_view name) {
  std::vector<std::string_view> known;
  for (const RainFamily& family : kFamilies) {
    if (family.name == name) return family;
    known.push_back(family.name);
  }
  throw std::invalid_argument("rain family: " + unknown_name_text(name, known));
}

Image add_rain(const Image& clean, const RainFamily& family, Stream& stream) {
  require_whole(clean, "add_rain");
  const StreakLayer layer = draw_rain(stream, family, clean.height, clean.width);
  Image rainy = clean;
  const std::size_t plane = clean.plane_size();
  for (std::size_t i = 0; i < rainy.samples.size(); ++i) {
    rainy.samples[i] = blend(clean.samples[i], layer.brightness[i % plane], family.blending);
  }
  return rainy;
}

}  // namespace bench::datasets
