#include "picture.h"

#include <png.h>

#include <cstdlib>
#include <stdexcept>
#include <vector>

std::filesystem::path data_folder() {
  const char* named = std::getenv("BENCH_DATA_DIR");
  return named ? std::filesystem::path(named)
               : std::filesystem::path(BENCH_SOURCE_DIR) / ".." / "shared";
}

torch::Tensor read_png(const std::filesystem::path& file) {
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
  const auto pixels =
      torch::from_blob(bytes.data(), {image.height, image.width, colour ? 3 : 1}, torch::kUInt8);
  return pixels.permute({2, 0, 1}).unsqueeze(0).to(torch::kFloat32).contiguous() / 255.0;
}
