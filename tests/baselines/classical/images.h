#pragma once

#include <filesystem>

#include "baselines/classical/float_planes.h"
#include "core/randomness/stream.h"

namespace bench::classical {

/// An 8-bit gray or RGB image, values / 255. \throws std::runtime_error naming the file.
FloatPlanes read_png(const std::filesystem::path& file);

/// Values rounded to 8 bits and clamped, as when written to a PNG; still in [0, 1].
FloatPlanes as_png(FloatPlanes image);

/// The rectangle [first, first + size) of both sides.
FloatPlanes square_crop(const FloatPlanes& image, int first, int size);

/// Gaussian noise added to every sample, neither clipped nor rounded.
/// \param sigma_8bit  on the 0..255 scale
FloatPlanes with_noise(FloatPlanes image, double sigma_8bit, randomness::Stream& noise);

/// PSNR with peak 1, all planes together, no rounding.
double psnr_db(const FloatPlanes& restored, const FloatPlanes& target);

/// tests/reference in the source tree.
std::filesystem::path reference_folder();

}  // namespace bench::classical
