#include "datasets/noise_texture.h"

#include <cmath>

namespace bench::datasets {
namespace {

constexpr std::size_t kSide = kTextureSide;

void add_octave(randomness::Stream& stream, std::size_t cell, float weight, float* texture) {
  const std::size_t lattice_side = kSide / cell;
  std::vector<float> lattice(lattice_side * lattice_side);
  for (float& value : lattice) value = static_cast<float>(2.0 * stream.uniform() - 1.0);
  const float step = 1.0F / static_cast<float>(cell);
  for (std::size_t row = 0; row < kSide; ++row) {
    const float down = static_cast<float>(row % cell) * step;
    const float* upper = lattice.data() + row / cell * lattice_side;
    const float* lower = lattice.data() + (row / cell + 1) % lattice_side * lattice_side;
    for (std::size_t column = 0; column < kSide; ++column) {
      const std::size_t left = column / cell;
      const std::size_t right = (left + 1) % lattice_side;
      const float along = static_cast<float>(column % cell) * step;
      const float above = upper[left] + along * (upper[right] - upper[left]);
      const float below = lower[left] + along * (lower[right] - lower[left]);
      texture[row * kSide + column] += weight * (above + down * (below - above));
    }
  }
}

void standardize(float* texture) {
  double sum = 0.0;
  double squares = 0.0;
  for (std::size_t i = 0; i < kSide * kSide; ++i) {
    sum += texture[i];
    squares += static_cast<double>(texture[i]) * texture[i];
  }
  const double mean = sum / (kSide * kSide);
  const double deviation = std::sqrt(squares / (kSide * kSide) - mean * mean);
  for (std::size_t i = 0; i < kSide * kSide; ++i) {
    texture[i] = static_cast<float>((texture[i] - mean) / deviation);
  }
}

}  // namespace

Textures make_textures(randomness::Stream& stream) {
  // Weight of an octave against the next coarser one: smooth, like nature's mean, rough.
  constexpr float kPersistence[kTexturesPerScene] = {0.6F, 0.9F, 1.2F};
  Textures textures{std::vector<float>(kTexturesPerScene * kSide * kSide)};
  float* texture = textures.samples.data();
  for (const float persistence : kPersistence) {
    float weight = 1.0F;
    for (std::size_t cell = 32; cell >= 2; cell /= 2) {
      add_octave(stream, cell, weight, texture);
      weight *= persistence;
    }
    standardize(texture);
    texture += kSide * kSide;
  }
  return textures;
}

}  // namespace bench::datasets
