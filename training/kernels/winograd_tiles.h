#pragma once

#include <cstdint>

#include "training/kernels/stored_values.h"
#include "training/kernels/training_kernels.h"
#include "training/kernels/vector_targets.h"

#ifdef BENCH_HAS_X86_KERNELS
/// The arithmetic of F(2x2, 3x3) on 16 channels in a register, inlined into the kernels of both
/// types (training_kernels.h has the formulas).
namespace bench::training::tiles {

using Lanes = Vector<16>::Type;
inline constexpr std::int64_t kLanes = 16;

BENCH_INLINE void read(const float* from, Lanes& value) {
  load(from, value);
}

BENCH_INLINE void read(const Bfloat16* from, Lanes& value) {
  using Short __attribute__((vector_size(32))) = std::uint16_t;
  using Word __attribute__((vector_size(64))) = std::uint32_t;
  Short bits;
  __builtin_memcpy(&bits, from, sizeof bits);
  const Word wide = __builtin_convertvector(bits, Word) << 16;
  __builtin_memcpy(&value, &wide, sizeof value);
}

/// The side x side pixels from (y, x) on, 16 channels from `c` on; zeros outside.
template <int kSide, typename Stored>
BENCH_INLINE void read_patch(const TileRow<Stored>& row, std::int64_t y, std::int64_t x,
                             std::int64_t c, Lanes (&patch)[kSide][kSide]) {
  const bool inside = y >= 0 && x >= 0 && y + kSide <= row.height && x + kSide <= row.width;
  // An index, since a pointer before the array would be undefined even where it is never read.
  const std::int64_t corner = (y * row.width + x) * row.channels + c;
  for (int i = 0; i < kSide; ++i) {
    for (int j = 0; j < kSide; ++j) {
      const bool here =
          inside || (y + i >= 0 && y + i < row.height && x + j >= 0 && x + j < row.width);
      if (here) {
        read(row.image + (corner + (i * row.width + j) * row.channels), patch[i][j]);
      } else {
        patch[i][j] = Lanes{};
      }
    }
  }
}

/// B^T d B with B^T = (1 0 -1 0; 0 1 1 0; 0 -1 1 0; 0 1 0 -1).
template <typename Stored>
BENCH_INLINE void input_tile(const TileRow<Stored>& row, std::int64_t tile, std::int64_t c,
                             Lanes (&planes)[kWinogradPlanes]) {
  Lanes d[4][4], half[4][4];
  read_patch(row, 2 * row.row - 1, 2 * tile - 1, c, d);
  for (int x = 0; x < 4; ++x) {
    half[0][x] = d[0][x] - d[2][x];
    half[1][x] = d[1][x] + d[2][x];
    half[2][x] = d[2][x] - d[1][x];
    half[3][x] = d[1][x] - d[3][x];
  }
  for (int y = 0; y < 4; ++y) {
    planes[4 * y] = half[y][0] - half[y][2];
    planes[4 * y + 1] = half[y][1] + half[y][2];
    planes[4 * y + 2] = half[y][2] - half[y][1];
    planes[4 * y + 3] = half[y][1] - half[y][3];
  }
}

/// A d A^T with A = (1 0; 1 1; 1 -1; 0 -1).
template <typename Stored>
BENCH_INLINE void slope_tile(const TileRow<Stored>& row, std::int64_t tile, std::int64_t c,
                             Lanes (&planes)[kWinogradPlanes]) {
  Lanes d[2][2];
  read_patch(row, 2 * row.row, 2 * tile, c, d);
  for (int y = 0; y < 4; ++y) {
    Lanes half[2];
    for (int x = 0; x < 2; ++x) {
      half[x] = y == 0   ? d[0][x]
                : y == 1 ? d[0][x] + d[1][x]
                : y == 2 ? d[0][x] - d[1][x]
                         : -d[1][x];
    }
    planes[4 * y] = half[0];
    planes[4 * y + 1] = half[0] + half[1];
    planes[4 * y + 2] = half[0] - half[1];
    planes[4 * y + 3] = -half[1];
  }
}

/// A^T m A. \param from  the tile's 16 channels in the first plane
BENCH_INLINE void output_tile(const float* from, PlaneStride plane, Lanes (&result)[2][2]) {
  Lanes half[2][4];
  for (int x = 0; x < 4; ++x) {
    Lanes m[4];
    for (int y = 0; y < 4; ++y) load(from + (4 * y + x) * plane, m[y]);
    half[0][x] = m[0] + m[1] + m[2];
    half[1][x] = m[1] - m[2] - m[3];
  }
  for (int y = 0; y < 2; ++y) {
    result[y][0] = half[y][0] + half[y][1] + half[y][2];
    result[y][1] = half[y][1] - half[y][2] - half[y][3];
  }
}

/// (a, (a + b + c) / 2, (a - b + c) / 2, c).
BENCH_INLINE void spread(const Lanes& a, const Lanes& b, const Lanes& c, Lanes (&to)[4]) {
  const Lanes outer = a + c;
  to[0] = a;
  to[1] = 0.5F * (outer + b);
  to[2] = 0.5F * (outer - b);
  to[3] = c;
}

/// G g G^T. \param taps  16 channels of the first tap; `stride` values to the next tap's
BENCH_INLINE void weight_tile(const float* taps, std::int64_t stride,
                              Lanes (&planes)[kWinogradPlanes]) {
  Lanes half[3][4];  // [x][y]
  for (int x = 0; x < 3; ++x) {
    Lanes g[3];
    for (int y = 0; y < 3; ++y) load(taps + (3 * y + x) * stride, g[y]);
    spread(g[0], g[1], g[2], half[x]);
  }
  for (int y = 0; y < 4; ++y) {
    Lanes line[4];
    spread(half[0][y], half[1][y], half[2][y], line);
    for (int x = 0; x < 4; ++x) planes[4 * y + x] = line[x];
  }
}

/// G^T u G. \param sums  16 channels of the first plane
BENCH_INLINE void weight_gradient_tile(const float* sums, PlaneStride plane, Lanes (&taps)[3][3]) {
  Lanes half[3][4];
  for (int x = 0; x < 4; ++x) {
    Lanes u[4];
    for (int y = 0; y < 4; ++y) load(sums + (4 * y + x) * plane, u[y]);
    half[0][x] = u[0] + 0.5F * (u[1] + u[2]);
    half[1][x] = 0.5F * (u[1] - u[2]);
    half[2][x] = 0.5F * (u[1] + u[2]) + u[3];
  }
  for (int y = 0; y < 3; ++y) {
    const Lanes* u = half[y];
    taps[y][0] = u[0] + 0.5F * (u[1] + u[2]);
    taps[y][1] = 0.5F * (u[1] - u[2]);
    taps[y][2] = 0.5F * (u[1] + u[2]) + u[3];
  }
}

/// The whole of a gradient by the weights from its planes, as in TrainingKernels.
BENCH_INLINE void all_weight_gradients(const float* sums, std::int64_t out, std::int64_t in,
                                       float* to) {
  const auto plane = out * in;
  for (std::int64_t o = 0; o < out; ++o) {
    for (std::int64_t c = 0; c < in; c += kLanes) {
      Lanes taps[3][3];
      weight_gradient_tile(sums + o * in + c, plane, taps);
      for (std::int64_t tap = 0; tap < 9; ++tap) {
        store_vector(taps[tap / 3][tap % 3], to + (o * 9 + tap) * in + c);
      }
    }
  }
}

}  // namespace bench::training::tiles
#endif
