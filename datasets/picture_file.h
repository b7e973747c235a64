#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "datasets/picture.h"

namespace bench::datasets {

enum class PictureFormat : std::uint8_t { kPng, kJpeg };

/// What a picture file holds, before any conversion.
struct PictureInfo {
  PictureFormat format = PictureFormat::kPng;
  int channels = 0;   ///< colours: 1 or 3, alpha not counted; a palette counts as 3
  int bit_depth = 8;  ///< bits a sample: 1, 2, 4, 8 or 16
  bool palette = false;
  bool alpha = false;  ///< an alpha channel, or a transparent colour (PNG's tRNS)
  int height = 0;
  int width = 0;

  friend bool operator==(const PictureInfo&, const PictureInfo&) = default;
};

/// E.g. "PNG, 481x321 (width x height), 8-bit RGB palette with alpha".
std::string to_string(const PictureInfo& info);

enum class AlphaPolicy : std::uint8_t { kRefuse, kDrop };
enum class SixteenBitPolicy : std::uint8_t { kRefuse, kRound };

/// Nothing is converted in silence: what would change values is refused unless asked for.
struct ReadOptions {
  AlphaPolicy alpha = AlphaPolicy::kRefuse;  ///< kDrop ignores alpha, it does not blend
  SixteenBitPolicy sixteen_bit = SixteenBitPolicy::kRefuse;  ///< kRound: (v * 255 + 32767) / 65535
  std::int64_t max_pixels = std::int64_t{1} << 27;  ///< height * width; larger files are refused
};

struct ReadPicture {
  Picture picture;
  PictureInfo info;
};

/// Reads a PNG or JPEG file (known by its content, not by its suffix). 1, 2 and 4 bit gray is
/// scaled to 8 bits, a palette expanded to RGB; gamma and colour profiles are ignored, as PIL and
/// OpenCV do. JPEG is decoded with the exact integer DCT, so that values are the same everywhere.
/// \throws PictureError naming the file, what was expected and what was found: unreadable,
///         empty, truncated, damaged, too large, neither format, or refused by `options`.
ReadPicture read_picture(const std::filesystem::path& file, const ReadOptions& options = {});

/// The same of bytes in memory. \param name  stands for the file in messages.
ReadPicture decode_picture(std::string_view bytes, std::string_view name,
                           const ReadOptions& options = {});

/// What a file holds, from its header alone. \throws PictureError as `read_picture` does.
PictureInfo inspect_picture(const std::filesystem::path& file);

/// \throws PictureError naming `name` if a header announces more than `max_pixels` pixels.
void require_size_within(const PictureInfo& info, std::string_view name, std::int64_t max_pixels);

/// An 8-bit gray or RGB PNG without time stamp or text: the same picture gives the same bytes
/// with the same libpng and zlib.
std::string encode_png(const Picture& picture);

/// `encode_png` to a file, written aside and renamed. \throws PictureError naming the file.
void write_png(const std::filesystem::path& file, const Picture& picture);

}  // namespace bench::datasets
