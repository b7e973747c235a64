#include "tests/classical/pictures.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <stdexcept>
#include <string>

#include "tests/png_bytes.h"

namespace bench::classical {

FloatPlanes read_png(const std::filesystem::path& file) {
  const auto bytes = tests::read_png_bytes(file);
  FloatPlanes picture{bytes.channels, bytes.height, bytes.width,
                      std::vector<float>(bytes.samples.size())};
  const auto channels = static_cast<std::size_t>(bytes.channels);
  const std::size_t pixels = bytes.samples.size() / channels;
  for (std::size_t i = 0; i < bytes.samples.size(); ++i) {
    picture.samples[i % channels * pixels + i / channels] =
        static_cast<float>(bytes.samples[i]) / 255.0f;
  }
  return picture;
}

FloatPlanes as_png(FloatPlanes picture) {
  for (float& sample : picture.samples) {
    sample = std::round(std::clamp(sample * 255.0f, 0.0f, 255.0f)) / 255.0f;
  }
  return picture;
}

FloatPlanes square_crop(const FloatPlanes& picture, int first, int size) {
  FloatPlanes crop{picture.channels, size, size, {}};
  for (int channel = 0; channel < picture.channels; ++channel) {
    for (int y = first; y < first + size; ++y) {
      const auto row = picture.samples.begin() +
                       (static_cast<std::ptrdiff_t>(channel) * picture.height + y) * picture.width;
      crop.samples.insert(crop.samples.end(), row + first, row + first + size);
    }
  }
  return crop;
}

FloatPlanes with_noise(FloatPlanes picture, double sigma_8bit, randomness::Stream& noise) {
  for (float& sample : picture.samples) {
    sample = static_cast<float>(sample + sigma_8bit / 255.0 * noise.normal());
  }
  return picture;
}

double psnr_db(const FloatPlanes& restored, const FloatPlanes& target) {
  double squares = 0.0;
  for (std::size_t i = 0; i < target.samples.size(); ++i) {
    const double error = static_cast<double>(restored.samples[i]) - target.samples[i];
    squares += error * error;
  }
  return -10.0 * std::log10(squares / static_cast<double>(target.samples.size()));
}

std::filesystem::path reference_folder() {
  return std::filesystem::path(BENCH_SOURCE_DIR) / "tests/reference";
}

}  // namespace bench::classical
