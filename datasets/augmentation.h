#pragma once

#include <cstdint>

namespace bench::datasets {

/// The eight symmetries of the square, numbered as the field's `data_augmentation` does (KAIR,
/// DnCNN, CLEARER): mode = 2 * quarter turns anticlockwise + (1 if then flipped up-down). Mode 0
/// is the identity.
inline constexpr int kAugmentationModes = 8;

/// Which modes are drawn, uniformly.
enum class Augmentation : std::uint8_t {
  kNone,        ///< mode 0 only
  kAll,         ///< 0..7
  kAsReleased,  ///< 1..7: CLEARER's released code never shows the identity in training (Q9)
};

/// Writes a square patch of one plane, turned by `mode`, as value / 255.
/// \param source         its top left sample; rows lie `source_stride` samples apart
/// \param destination    side * side values, no gaps
void copy_augmented(const std::uint8_t* source, std::int64_t source_stride, int side, int mode,
                    float* destination);

}  // namespace bench::datasets
