#pragma once

#include <bit>
#include <cstdint>

namespace bench::training {

/// bfloat16 as it lies in memory. Kernels load to float, compute, and round once when they store.
/// It may alias: the values were written as LibTorch's own type of bfloat16.
struct __attribute__((may_alias)) Bfloat16 {
  std::uint16_t bits;
};

inline float loaded(float value) {
  return value;
}

inline float loaded(Bfloat16 value) {
  return std::bit_cast<float>(static_cast<std::uint32_t>(value.bits) << 16);
}

inline void store(float value, float& place) {
  place = value;
}

/// Rounds to nearest, ties to even; NaN stays NaN.
inline void store(float value, Bfloat16& place) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  const std::uint32_t rounded = (bits + 0x7FFFU + ((bits >> 16) & 1U)) >> 16;
  const bool is_nan = (bits & 0x7FFFFFFFU) > 0x7F800000U;
  place.bits = static_cast<std::uint16_t>(is_nan ? 0x7FC0U : rounded);
}

/// value > 0. As integers of 16 bits, so that loops over bfloat16 fill vectors.
inline bool is_positive(float value) {
  return value > 0.0F;
}

inline bool is_positive(Bfloat16 value) {
  // 1 .. infinity; below are +0, above NaN and the negative ones.
  return static_cast<std::uint16_t>(value.bits - 1U) < 0x7F80U;
}

inline float kept_if(bool keep, float value) {
  return keep ? value : 0.0F;
}

inline Bfloat16 kept_if(bool keep, Bfloat16 value) {
  return {static_cast<std::uint16_t>(keep ? value.bits : 0U)};
}

}  // namespace bench::training
