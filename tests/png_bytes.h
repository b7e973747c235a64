#pragma once

#include <png.h>

#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <vector>

namespace bench::tests {

/// The samples of an 8-bit PNG, pixel after pixel, its 1 (gray) or 3 (RGB) channels side by side.
struct PngBytes {
  int channels;
  int height;
  int width;
  std::vector<std::uint8_t> samples;
};

/// For the tests of folders that know no image files. \throws std::runtime_error
inline PngBytes read_png_bytes(const std::filesystem::path& file) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_file(&image, file.c_str()) == 0) {
    throw std::runtime_error(file.string() + ": " + image.message);
  }
  const bool color = (image.format & PNG_FORMAT_FLAG_COLOR) != 0;
  image.format = color ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
  PngBytes bytes{color ? 3 : 1, static_cast<int>(image.height), static_cast<int>(image.width), {}};
  bytes.samples.resize(PNG_IMAGE_SIZE(image));
  if (png_image_finish_read(&image, nullptr, bytes.samples.data(), 0, nullptr) == 0) {
    throw std::runtime_error(file.string() + ": " + image.message);
  }
  return bytes;
}

}  // namespace bench::tests
