#include "png_image.h"

#include <png.h>

#include <cstdlib>
#include <stdexcept>
#include <string>
#include <vector>

namespace bench::metrics {

Planes<std::uint8_t> read_png(const std::filesystem::path& file) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_file(&image, file.c_str()) == 0) {
    throw std::runtime_error(file.string() + ": " + image.message);
  }
  const int channels = (image.format & PNG_FORMAT_FLAG_COLOR) != 0U ? 3 : 1;
  image.format = channels == 3 ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
  std::vector<std::uint8_t> interleaved(PNG_IMAGE_SIZE(image));
  if (png_image_finish_read(&image, nullptr, interleaved.data(), 0, nullptr) == 0) {
    throw std::runtime_error(file.string() + ": " + image.message);
  }
  auto planes = zero_planes<std::uint8_t>(channels, static_cast<int>(image.height),
                                          static_cast<int>(image.width));
  const std::size_t count = planes.samples.size() / static_cast<std::size_t>(channels);
  for (std::size_t i = 0; i < planes.samples.size(); ++i) {
    planes.samples[i] = interleaved[i % count * static_cast<std::size_t>(channels) + i / count];
  }
  return planes;
}

std::filesystem::path folder_from_environment(const char* variable,
                                              const std::filesystem::path& beside_the_sources) {
  const char* named = std::getenv(variable);
  if (named != nullptr && *named != '\0') return named;
  return std::filesystem::path(BENCH_SOURCE_DIR) / beside_the_sources;
}

}  // namespace bench::metrics
