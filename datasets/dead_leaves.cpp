#include "datasets/dead_leaves.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "core/randomness/deterministic_math.h"
#include "core/randomness/stream.h"
#include "datasets/noise_texture.h"

// Everything here is + - * / and sqrt on float and double, in a fixed order and without fused
// multiply-add (see CMakeLists.txt), so that the images are the same on every machine. What is
// changed here changes the embedded data: give the stream a new version then.
namespace bench::datasets {
namespace {

using randomness::Stream;

constexpr double kTwoPi = 6.283185307179586476925;
constexpr int kOversampling = 2;
// Radii on the oversampled canvas: 2.25 to 60 pixels of the image. The largest does not depend
// on the image's size, so that small and large images have the same statistics.
constexpr double kRadiusMin = 4.5;
constexpr double kRadiusMax = 120.0;
constexpr std::size_t kMostSides = 7;
// The last few pixels would take as many leaves as all the others: a background fills them.
constexpr double kUncoveredLeft = 0.004;

struct Color {
  float red, green, blue;
};

// The colors of one scene scatter around its own brightness and tint.
struct Palette {
  double brightness, contrast, warmth, greenness;
};

struct Leaf {
  double x, y, radius;
  double cosine, sine;  // of its axis
  double squash;        // minor axis / major axis
  int sides;            // 0: ellipse
  std::array<double, kMostSides> normal_x, normal_y, distance;
  Color color;
  float shading_x, shading_y;  // brightness a canvas pixel
  float texture_contrast;
  int texture, texture_x, texture_y;
};

struct Canvas {
  int height, width;
  std::vector<float> red, green, blue;
  std::vector<std::uint8_t> covered;
  std::size_t uncovered;
};

// Symmetric triangular on [-1, 1].
double triangular(Stream& stream) {
  const double first = stream.uniform();
  return first + stream.uniform() - 1.0;
}

// Density proportional to r^-3 between the limits: scale invariance (Lee, Mumford and Huang).
double power_law_radius(Stream& stream) {
  constexpr double kRatio = kRadiusMin / kRadiusMax;
  return kRadiusMin / std::sqrt(1.0 - stream.uniform() * (1.0 - kRatio * kRatio));
}

Palette draw_palette(Stream& stream) {
  Palette palette{};
  palette.brightness = 0.32 + 0.26 * stream.uniform();
  palette.contrast = 0.35 + 0.25 * stream.uniform();
  palette.warmth = 0.06 * triangular(stream);
  palette.greenness = 0.03 * triangular(stream);
  return palette;
}

Color draw_color(Stream& stream, const Palette& palette) {
  const double light = palette.brightness + palette.contrast * triangular(stream);
  // Chroma varies less than brightness, and less still from green to magenta.
  const double warm = palette.warmth + 0.14 * triangular(stream);
  const double green = palette.greenness + 0.07 * triangular(stream);
  return {static_cast<float>(light + warm - 0.5 * green), static_cast<float>(light + green),
          static_cast<float>(light - warm - 0.5 * green)};
}

void draw_shape(Stream& stream, Leaf& leaf) {
  const double angle = kTwoPi * stream.uniform();
  leaf.cosine = randomness::deterministic_cos(angle);
  leaf.sine = randomness::deterministic_sin(angle);
  leaf.squash = 1.0;
  leaf.sides = 0;
  const double kind = stream.uniform();
  if (kind < 0.3) return;  // disc
  leaf.squash = 0.25 + 0.75 * stream.uniform();
  if (kind < 0.6) return;  // ellipse
  leaf.sides = 3 + static_cast<int>(stream.below(kMostSides - 2));
  for (int side = 0; side < leaf.sides; ++side) {
    const auto i = static_cast<std::size_t>(side);
    // Jitter below a sixth of the spacing: the sides always close round the center.
    const double turn = (side + 0.3 * (stream.uniform() - 0.5)) * kTwoPi / leaf.sides;
    leaf.normal_x[i] = randomness::deterministic_cos(turn);
    leaf.normal_y[i] = randomness::deterministic_sin(turn);
    leaf.distance[i] = leaf.radius * (0.55 + 0.45 * stream.uniform());
  }
}

void draw_surface(Stream& stream, const Palette& palette, Leaf& leaf) {
  leaf.color = draw_color(stream, palette);
  const double shading = 0.10 * stream.uniform() / leaf.radius;
  leaf.shading_x = static_cast<float>(shading * triangular(stream));
  leaf.shading_y = static_cast<float>(shading * triangular(stream));
  // Most surfaces are nearly smooth, some are rough.
  const double roughness = stream.uniform();
  leaf.texture_contrast = static_cast<float>(0.01 + 0.10 * roughness * roughness);
  leaf.texture = static_cast<int>(stream.below(kTexturesPerScene));
  leaf.texture_x = static_cast<int>(stream.below(kTextureSide));
  leaf.texture_y = static_cast<int>(stream.below(kTextureSide));
}

bool is_inside(const Leaf& leaf, double dx, double dy) {
  const double along = dx * leaf.cosine + dy * leaf.sine;
  const double across = (dy * leaf.cosine - dx * leaf.sine) / leaf.squash;
  if (along * along + across * across > leaf.radius * leaf.radius) return false;
  for (int side = 0; side < leaf.sides; ++side) {
    const auto i = static_cast<std::size_t>(side);
    if (along * leaf.normal_x[i] + across * leaf.normal_y[i] > leaf.distance[i]) return false;
  }
  return true;
}

void cover_pixel(Canvas& canvas, const Leaf& leaf, const Textures& textures, int row, int column) {
  const auto i = static_cast<std::size_t>(row) * static_cast<std::size_t>(canvas.width) +
                 static_cast<std::size_t>(column);
  const float texture = textures.at(leaf.texture, row + leaf.texture_y, column + leaf.texture_x);
  const float light = leaf.shading_x * static_cast<float>(column - leaf.x) +
                      leaf.shading_y * static_cast<float>(row - leaf.y) +
                      leaf.texture_contrast * texture;
  canvas.red[i] = leaf.color.red + light;
  canvas.green[i] = leaf.color.green + light;
  canvas.blue[i] = leaf.color.blue + light;
  canvas.covered[i] = 1;
  --canvas.uncovered;
}

// Front to back: a pixel belongs to the first leaf that reaches it.
void cover(Canvas& canvas, const Leaf& leaf, const Textures& textures) {
  const int top = std::max(0, static_cast<int>(std::floor(leaf.y - leaf.radius)));
  const int bottom =
      std::min(canvas.height - 1, static_cast<int>(std::floor(leaf.y + leaf.radius)) + 1);
  const int left = std::max(0, static_cast<int>(std::floor(leaf.x - leaf.radius)));
  const int right =
      std::min(canvas.width - 1, static_cast<int>(std::floor(leaf.x + leaf.radius)) + 1);
  for (int row = top; row <= bottom; ++row) {
    const std::uint8_t* covered =
        canvas.covered.data() +
        static_cast<std::size_t>(row) * static_cast<std::size_t>(canvas.width);
    for (int column = left; column <= right; ++column) {
      if (covered[column] != 0) continue;
      if (!is_inside(leaf, column - leaf.x, row - leaf.y)) continue;
      cover_pixel(canvas, leaf, textures, row, column);
    }
  }
}

bool touches(const Canvas& canvas, const Leaf& leaf) {
  return leaf.x + leaf.radius >= 0.0 && leaf.y + leaf.radius >= 0.0 &&
         leaf.x - leaf.radius <= canvas.width && leaf.y - leaf.radius <= canvas.height;
}

void fill_background(Canvas& canvas, Stream& stream, const Palette& palette,
                     const Textures& textures) {
  Leaf background{};
  background.radius = kRadiusMax;
  draw_surface(stream, palette, background);
  for (int row = 0; row < canvas.height; ++row) {
    for (int column = 0; column < canvas.width; ++column) {
      const auto i = static_cast<std::size_t>(row) * static_cast<std::size_t>(canvas.width) +
                     static_cast<std::size_t>(column);
      if (canvas.covered[i] == 0) cover_pixel(canvas, background, textures, row, column);
    }
  }
}

Canvas render(Stream& stream, int height, int width) {
  const std::size_t size = static_cast<std::size_t>(height) * static_cast<std::size_t>(width);
  Canvas canvas{height,
                width,
                std::vector<float>(size),
                std::vector<float>(size),
                std::vector<float>(size),
                std::vector<std::uint8_t>(size),
                size};
  const Textures textures = make_textures(stream);
  const Palette palette = draw_palette(stream);
  const auto left_over = static_cast<std::size_t>(kUncoveredLeft * static_cast<double>(size));
  while (canvas.uncovered > left_over) {
    Leaf leaf{};
    leaf.radius = power_law_radius(stream);
    // Centers as far outside as the largest leaf reaches: no rim effect.
    leaf.x = stream.uniform() * (width + 2.0 * kRadiusMax) - kRadiusMax;
    leaf.y = stream.uniform() * (height + 2.0 * kRadiusMax) - kRadiusMax;
    if (!touches(canvas, leaf)) continue;
    draw_shape(stream, leaf);
    draw_surface(stream, palette, leaf);
    cover(canvas, leaf, textures);
  }
  fill_background(canvas, stream, palette, textures);
  return canvas;
}

// Means of kOversampling^2 canvas pixels as bytes: what a sensor's cell does.
void average_plane(const std::vector<float>& fine, int fine_width, int height, int width,
                   std::uint8_t* plane) {
  for (int row = 0; row < height; ++row) {
    const float* upper = fine.data() + static_cast<std::size_t>(kOversampling * row) *
                                           static_cast<std::size_t>(fine_width);
    const float* lower = upper + fine_width;
    for (int column = 0; column < width; ++column) {
      const int x = kOversampling * column;
      const float mean = 0.25F * ((upper[x] + upper[x + 1]) + (lower[x] + lower[x + 1]));
      *plane++ = static_cast<std::uint8_t>(std::min(std::max(mean, 0.0F), 1.0F) * 255.0F + 0.5F);
    }
  }
}

}  // namespace

Image embedded_scene(std::uint64_t seed, std::uint64_t index, int height, int width, int channels) {
  if (height > 4096 || width > 4096) {
    throw ImageError("embedded_scene: expected sides of at most 4096 pixels, got " +
                     std::to_string(height) + " x " + std::to_string(width));
  }
  Image image = black_image(channels == 1 ? 3 : channels, height, width);
  Stream stream(seed, "embedded/leaves/v1/" + std::to_string(index));
  const Canvas canvas = render(stream, kOversampling * height, kOversampling * width);
  const std::size_t plane = image.plane_size();
  std::uint8_t* samples = image.samples.data();
  average_plane(canvas.red, canvas.width, height, width, samples);
  average_plane(canvas.green, canvas.width, height, width, samples + plane);
  average_plane(canvas.blue, canvas.width, height, width, samples + 2 * plane);
  return channels == 1 ? to_gray(image) : image;
}

}  // namespace bench::datasets
