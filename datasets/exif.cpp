// Exif stores a TIFF directory: byte order, the offset of the first directory, then entries of 12
// bytes (tag, type, count, value). Only the tag Orientation of the first directory is looked for;
// every offset is checked, for the block comes from a stranger's file.
//
// Its eight values are the symmetries of a rectangle. Row 0 and column 0 of the stored samples are
//   1 top, left      2 top, right     3 bottom, right  4 bottom, left
//   5 left, top      6 right, top     7 right, bottom  8 left, bottom
// of the image as it is to be shown.
#include "datasets/exif.h"

#include <optional>

namespace bench::datasets {
namespace {

constexpr std::uint32_t kOrientationTag = 0x0112;
constexpr std::uint32_t kShortType = 3;
constexpr std::size_t kEntryBytes = 12;

class TiffReader {
 public:
  explicit TiffReader(std::string_view bytes)
      : bytes_(bytes), big_endian_(bytes.starts_with("MM")) {}

  std::optional<std::uint32_t> number(std::size_t offset, std::size_t width) const {
    if (offset > bytes_.size() || width > bytes_.size() - offset) return std::nullopt;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < width; ++i) {
      const std::size_t place = offset + (big_endian_ ? i : width - 1 - i);
      value = value << 8 | static_cast<unsigned char>(bytes_[place]);
    }
    return value;
  }

 private:
  std::string_view bytes_;
  bool big_endian_;
};

}  // namespace

int exif_orientation(std::string_view tiff) {
  if (!tiff.starts_with("II") && !tiff.starts_with("MM")) return 1;
  const TiffReader reader(tiff);
  const auto directory = reader.number(4, 4);
  if (reader.number(2, 2) != 42U || !directory) return 1;
  const auto entries = reader.number(*directory, 2).value_or(0);
  for (std::size_t i = 0; i < entries; ++i) {
    const std::size_t entry = std::size_t{*directory} + 2 + i * kEntryBytes;
    if (reader.number(entry, 2) != kOrientationTag) continue;
    const auto value = reader.number(entry + 8, 2).value_or(0);
    const bool is_known = reader.number(entry + 2, 2) == kShortType && value >= 1 && value <= 8;
    return is_known ? static_cast<int>(value) : 1;
  }
  return 1;
}

bool swaps_sides(int orientation) {
  return orientation >= 5;
}

Image upright(const Image& stored, int orientation) {
  if (orientation == 1) return stored;
  const bool swapped = swaps_sides(orientation);
  const bool from_right =
      orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7;
  const bool from_bottom =
      orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
  Image shown = black_image(stored.channels, swapped ? stored.width : stored.height,
                            swapped ? stored.height : stored.width);
  const auto at = [](const Image& image, int channel, int row, int column) {
    return (static_cast<std::size_t>(channel) * static_cast<std::size_t>(image.height) +
            static_cast<std::size_t>(row)) *
               static_cast<std::size_t>(image.width) +
           static_cast<std::size_t>(column);
  };
  for (int channel = 0; channel < shown.channels; ++channel) {
    for (int row = 0; row < shown.height; ++row) {
      const int down = from_bottom ? shown.height - 1 - row : row;
      for (int column = 0; column < shown.width; ++column) {
        const int along = from_right ? shown.width - 1 - column : column;
        shown.samples[at(shown, channel, row, column)] =
            stored.samples[swapped ? at(stored, channel, along, down)
                                   : at(stored, channel, down, along)];
      }
    }
  }
  return shown;
}

}  // namespace bench::datasets
