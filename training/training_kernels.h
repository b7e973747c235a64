#pragma once

#include <cstdint>

#include "training/stored_values.h"

namespace bench::training {

/// Kernels of convolutions for training, in channels-last memory: products of matrices, and the
/// transforms of Winograd's F(2x2, 3x3) (Lavin and Gray 2016):
///   Y = A^T [(G g G^T) (B^T d B)] A,  and its gradient by g:  G^T [(A dY A^T) (B^T d B)] G.
/// 16 products a tile of 2x2 results, each plane of them a product of matrices. `Stored` is float
/// or Bfloat16: what pictures and factors are stored as; sums are float32.

/// Channels are taken in panels of so many; the channels served are multiples of it.
inline constexpr std::int64_t kPanel = 32;
inline constexpr std::int64_t kWinogradPlanes = 16;

/// A row of tiles: all tiles over the rows 2 `row`, 2 `row` + 1 of one picture.
template <typename Stored>
struct TileRow {
  const Stored* picture;  ///< [height][width][channels]
  std::int64_t height, width, channels;
  std::int64_t row;    ///< of tiles
  std::int64_t first;  ///< place of its first tile in the block
  std::int64_t tiles;  ///< of the block, for the layout by panels; even
};

/// Pictures back from their planes.
template <typename Stored>
struct ResultRow {
  Stored* picture;  ///< [height][width][channels]
  std::int64_t height, width, channels;
  std::int64_t row, first;
};

/// Values from one of the 16 planes to the next one's.
using PlaneStride = std::int64_t;

/// Layouts: "rows" is [plane][tile][channel]; "panels" is [plane][channel / 32][tile][channel %
/// 32], for Bfloat16 with the tiles 2 i and 2 i + 1 interleaved: [plane][panel][tile /
/// 2][channel][2].
template <typename Stored>
struct TrainingKernels {
  /// B^T d B of the 4x4 patches around the tiles, zeros outside the picture; in rows.
  void (*input_rows)(const TileRow<Stored>&, Stored* to, PlaneStride) = nullptr;
  /// The same in panels. Writes an even number of tiles, a missing last one as zeros.
  void (*input_panels)(const TileRow<Stored>&, Stored* to, PlaneStride) = nullptr;
  /// A dY A^T of the 2x2 tiles, zeros outside the picture; in panels, as above.
  void (*slope_panels)(const TileRow<Stored>&, Stored* to, PlaneStride) = nullptr;
  /// A^T m A, as much of it as the picture has. \param from  in rows
  void (*output)(const ResultRow<Stored>&, const float* from, PlaneStride) = nullptr;
  /// G g G^T. \param taps  [9][in][out]  \param to  [16][out / 32][in][32], for Bfloat16
  /// [16][out / 32][in / 2][32][2]
  void (*weights)(const float* taps, std::int64_t in, std::int64_t out, Stored* to) = nullptr;
  /// One plane. \param rows  [tiles][in]  \param weights  one plane of the above
  /// \param to  [tiles][out]
  void (*multiply)(const Stored* rows, const Stored* weights, std::int64_t tiles, std::int64_t in,
                   std::int64_t out, float* to) = nullptr;
  /// The same with results as they are stored.
  void (*multiply_stored)(const Stored* rows, const Stored* weights, std::int64_t tiles,
                          std::int64_t in, std::int64_t out, Stored* to) = nullptr;
  /// Pixels as tiles in panels, as above. \param pixels  [tiles], each of so many channels
  /// \param tiles  even
  void (*pixel_panels)(const Stored* const* pixels, std::int64_t channels, std::int64_t tiles,
                       Stored* to) = nullptr;
  /// One plane: sums += over all tiles of slope x input. Both in panels.
  /// \param sums  [out][in]
  void (*add_products)(const Stored* slope, const Stored* input, std::int64_t tiles,
                       std::int64_t out, std::int64_t in, float* sums) = nullptr;
  /// G^T u G. \param sums  [16][out][in]  \param to  [out][9][in]
  void (*weight_gradient)(const float* sums, std::int64_t out, std::int64_t in,
                          float* to) = nullptr;
};

/// Null where this processor has not AVX-512 (float) or AVX512-BF16 (Bfloat16).
template <typename Stored>
const TrainingKernels<Stored>* training_kernels();

}  // namespace bench::training
