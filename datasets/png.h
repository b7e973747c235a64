#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/image.h"
#include "datasets/image_file.h"

namespace bench::datasets {

/// Whether `bytes` begin with the PNG signature.
bool is_png(std::string_view bytes);

/// What the header says, from the chunks before the pixels.
/// \param name  stands for the file in messages.
/// \throws ImageError
ImageInfo inspect_png(std::string_view bytes, std::string_view name);

/// Samples row after row, pixel after pixel, as the file has them (palette expanded, fewer than 8
/// bits scaled to 8, alpha dropped): 8 or 16 bits, `info.channels` a pixel.
struct PngSamples {
  ImageInfo info;
  std::vector<std::uint8_t> bytes;  ///< 16-bit samples are two bytes, the high one first
};

/// \throws ImageError naming `name` and libpng's reason.
PngSamples decode_png(std::string_view bytes, std::string_view name, std::int64_t max_pixels);

}  // namespace bench::datasets
