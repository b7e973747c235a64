#pragma once

#include <cstdint>

#include "metrics/planes.h"

namespace bench::metrics {

/// All functions here take R, G, B planes and give one plane.
/// \throws ShapeMismatch unless the image is whole and has 3 channels.

/// Limited-range luma of ITU-R BT.601, in [16, 235], not rounded:
/// Y = 65.481 R + 128.553 G + 24.966 B + 16 with R, G, B in [0, 1]. Matlab's `rgb2ycbcr` on double,
/// times 255 (PReNet's evaluation).
Planes<double> luma_bt601_limited(const ByteImage& rgb);
Planes<double> luma_bt601_limited(const DoubleImage& rgb);

/// The same rounded to 8 bits: Matlab's `rgb2ycbcr` on uint8 (evaluation of Restormer's deraining).
Planes<std::uint8_t> luma_bt601_limited_8bit(const ByteImage& rgb);

/// Full-range luma, in [0, 255], not rounded: Y = .299 R + .587 G + .114 B.
Planes<double> luma_bt601_full(const ByteImage& rgb);
Planes<double> luma_bt601_full(const DoubleImage& rgb);

/// The same rounded to 8 bits: OpenCV's COLOR_RGB2YCrCb, channel 0 (DuRN's deraining).
Planes<std::uint8_t> luma_bt601_full_8bit(const ByteImage& rgb);

/// Pillow's convert("L"): (19595 R + 38470 G + 7471 B + 32768) >> 16 (CLEARER, N3Net).
Planes<std::uint8_t> luma_pil_l(const ByteImage& rgb);

}  // namespace bench::metrics
