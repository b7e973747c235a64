#include "tests/baselines/classical/images.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <stdexcept>
#include <string>

#include "tests/png_bytes.h"

namespace bench::classical {

FloatPlanes read_png(const std::filesystem::path& file) {
  const auto bytes = tests::read_png_bytes(file);
  FloatPlanes image{bytes.channels, bytes.height, bytes.width,
                    std::vector<float>(bytes.samples.size())};
  const auto channels = static_cast<std::size_t>(bytes.channels);
  const std::size_t pixels = bytes.samples.size() / channels;
  for (std::size_t i = 0; i < bytes.samples.size(); ++i) {
    image.samples[i % channels * pixels + i / channels] =
        static_cast<float>(bytes.samples[i]) / 255.0f;
  }
  return image;
}

FloatPlanes as_png(FloatPlanes image) {
  for (float& sample : image.samples) {
    sample = std::round(std::clamp(sample * 255.0f, 0.0f, 255.0f)) / 255.0f;
  }
  return image;
}

FloatPlanes square_crop(const FloatPlanes& image, int first, int size) {
  FloatPlanes crop{image.channels, size, size, {}};
  for (int channel = 0; channel < image.channels; ++channel) {
    for (int y = first; y < first + size; ++y) {
      const auto row = image.samples.begin() +
                       (static_cast<std::ptrdiff_t>(channel) * image.height + y) * image.width;
      crop.samples.insert(crop.samples.end(), row + first, row + first + size);
    }
  }
  return crop;
}

FloatPlanes with_noise(FloatPlanes image, double sigma_8bit, randomness::Stream& noise) {
  for (float& sample : image.samples) {
    sample = static_cast<float>(sample + sigma_8bit / 255.0 * noise.normal());
  }
  return image;
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
