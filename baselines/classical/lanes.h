#pragma once

/// Sixteen floats that the compiler keeps in one AVX-512, two AVX2 or four SSE registers.
/// Functions built on them are cloned per instruction set ([[gnu::target_clones]]) and chosen when
/// the program starts; what they call must be inlined, or it would be compiled for the oldest set.
namespace bench::classical {

inline constexpr int kLanes = 16;

typedef float Lanes __attribute__((vector_size(64)));
typedef int LaneMask __attribute__((vector_size(64)));  ///< all bits set where a comparison holds
typedef float UnalignedLanes __attribute__((vector_size(64), aligned(4), may_alias));

/// The sixteen floats from `first` on, wherever it points.
[[gnu::always_inline]] inline const UnalignedLanes& lanes_at(const float* first) {
  return *reinterpret_cast<const UnalignedLanes*>(first);
}
[[gnu::always_inline]] inline UnalignedLanes& lanes_at(float* first) {
  return *reinterpret_cast<UnalignedLanes*>(first);
}

/// `size` rounded up to whole lanes.
constexpr int whole_lanes(int size) {
  return (size + kLanes - 1) / kLanes * kLanes;
}

}  // namespace bench::classical
