#pragma once

#include <cstdint>
#include <string_view>

#include "datasets/image.h"

namespace bench::datasets {

/// How an image must be turned to be shown, as cameras write it (Exif 2.3, tag 0x0112).
/// \param tiff  the block behind "Exif\0\0" of a JPEG, or a PNG's eXIf chunk
/// \returns 1 to 8; 1, nothing to be done, where the block is damaged or does not say
int exif_orientation(std::string_view tiff);

/// Whether width and height change places.
bool swaps_sides(int orientation);

/// The image as it is to be shown. \param orientation  1 to 8
Image upright(const Image& stored, int orientation);

}  // namespace bench::datasets
