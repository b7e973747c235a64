#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "datasets/image.h"

namespace bench::datasets {

enum class ImageFormat : std::uint8_t { kPng, kJpeg };

/// What an image file holds, before any conversion.
struct ImageInfo {
  ImageFormat format = ImageFormat::kPng;
  int channels = 0;   ///< colors: 1 or 3, alpha not counted; a palette counts as 3
  int bit_depth = 8;  ///< bits a sample: 1, 2, 4, 8 or 16
  bool palette = false;
  bool alpha = false;  ///< an alpha channel, or a transparent color (PNG's tRNS)
  int height = 0;      ///< as the image is shown, after `orientation`
  int width = 0;
  int orientation = 1;       ///< EXIF, 1 to 8: how the stored samples are turned to be shown
  std::string warning = {};  ///< the first thing the format's library warned of; samples are whole

  friend bool operator==(const ImageInfo&, const ImageInfo&) = default;
};

/// E.g. "PNG, 481x321 (width x height), 8-bit RGB palette with alpha".
std::string to_string(const ImageInfo& info);

enum class AlphaPolicy : std::uint8_t { kRefuse, kDrop };
enum class SixteenBitPolicy : std::uint8_t { kRefuse, kRound };

/// Nothing is converted in silence: what would change values is refused unless asked for.
struct ReadOptions {
  AlphaPolicy alpha = AlphaPolicy::kRefuse;  ///< kDrop ignores alpha, it does not blend
  SixteenBitPolicy sixteen_bit = SixteenBitPolicy::kRefuse;  ///< kRound: (v * 255 + 32767) / 65535
  std::int64_t max_pixels = std::int64_t{1} << 27;  ///< height * width; larger files are refused
};

struct ReadImage {
  Image image;
  ImageInfo info;
};

/// Reads a PNG or JPEG file (known by its content, not by its suffix). 1, 2 and 4 bit gray is
/// scaled to 8 bits, a palette expanded to RGB; gamma and color profiles are ignored, as PIL and
/// OpenCV do; an EXIF orientation is applied, as OpenCV does. JPEG is decoded with the exact
/// integer DCT, so that values are the same everywhere. \throws ImageError naming the file, what
/// was expected and what was found: unreadable,
///         empty, truncated, damaged, too large, neither format, or refused by `options`.
ReadImage read_image(const std::filesystem::path& file, const ReadOptions& options = {});

/// The same of bytes in memory. \param name  stands for the file in messages.
ReadImage decode_image(std::string_view bytes, std::string_view name,
                       const ReadOptions& options = {});

/// What a file holds, from its header alone. \throws ImageError as `read_image` does.
ImageInfo inspect_image(const std::filesystem::path& file);

/// \throws ImageError naming `name` if a header announces more than `max_pixels` pixels.
void require_size_within(const ImageInfo& info, std::string_view name, std::int64_t max_pixels);

/// An 8-bit gray or RGB PNG without time stamp or text: the same image gives the same bytes
/// with the same libpng and zlib.
std::string encode_png(const Image& image);

/// `encode_png` to a file, written aside and renamed. \throws ImageError naming the file.
void write_png(const std::filesystem::path& file, const Image& image);

}  // namespace bench::datasets
