#include "tests/classical/pictures.h"

#include <png.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <stdexcept>
#include <string>

namespace bench::classical {

FloatPlanes read_png(const std::filesystem::path& file) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_file(&image, file.c_str()) == 0) {
    throw std::runtime_error(file.string() + ": " + image.message);
  }
  const bool colour = (image.format & PNG_FORMAT_FLAG_COLOR) != 0;
  image.format = colour ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
  std::vector<std::uint8_t> bytes(PNG_IMAGE_SIZE(image));
  if (png_image_finish_read(&image, nullptr, bytes.data(), 0, nullptr) == 0) {
    throw std::runtime_error(file.string() + ": " + image.message);
  }
  FloatPlanes picture{colour ? 3 : 1, static_cast<int>(image.height), static_cast<int>(image.width),
                      std::vector<float>(bytes.size())};
  const std::size_t channels = colour ? 3 : 1;
  const std::size_t pixels = bytes.size() / channels;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    picture.samples[i % channels * pixels + i / channels] = static_cast<float>(bytes[i]) / 255.0f;
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

std::filesystem::path shared_folder() {
  if (const char* folder = std::getenv("BENCH_DATA_DIR")) return folder;
  return std::filesystem::path(BENCH_SOURCE_DIR) / "../shared";
}

}  // namespace bench::classical
