#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "datasets/image_file.h"

namespace bench::datasets {

/// Whether `bytes` begin with a JPEG's start marker.
bool is_jpeg(std::string_view bytes);

/// What the header says. \param name  stands for the file in messages.
/// \throws ImageError, also for anything but 1 or 3 components (CMYK).
ImageInfo inspect_jpeg(std::string_view bytes, std::string_view name);

/// Samples row after row, pixel after pixel, `info.channels` a pixel.
struct JpegSamples {
  ImageInfo info;
  std::vector<std::uint8_t> bytes;
};

/// \throws ImageError naming `name` and the reason; a truncated or damaged stream, which
///         libjpeg would fill with gray, is refused too.
JpegSamples decode_jpeg(std::string_view bytes, std::string_view name, std::int64_t max_pixels);

}  // namespace bench::datasets
