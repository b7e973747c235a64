#pragma once

#include <cstdint>

#include "training/kernels/stored_values.h"

namespace bench::training {

/// Kernels of convolutions for training, in channels-last memory: products of matrices, and the
/// transforms of Winograd's F(2x2, 3x3) (Lavin and Gray 2016):
///   Y = A^T [(G g G^T) (B^T d B)] A,  and its gradient by g:  G^T [(A dY A^T) (B^T d B)] G.
/// 16 products a tile of 2x2 results, each plane of them a product of matrices. `Stored` is float
/// or Bfloat16: what images and factors are stored as; sums are float32.

/// Channels are taken in panels of so many.
inline constexpr std::int64_t kPanel = 32;
/// What the channels of products without transforms are multiples of.
inline constexpr std::int64_t kNarrowest = 8;
inline constexpr std::int64_t kWinogradPlanes = 16;

/// A row of tiles: all tiles over the rows 2 `row`, 2 `row` + 1 of one image.
template <typename Stored>
struct TileRow {
  const Stored* image;  ///< [height][width][channels]
  std::int64_t height, width, channels;
  std::int64_t row;    ///< of tiles
  std::int64_t first;  ///< place of its first tile in the block
  std::int64_t tiles;  ///< of the block, for the layout by panels; even
};

/// Images back from their planes.
template <typename Stored>
struct ResultRow {
  Stored* image;  ///< [height][width][channels]
  std::int64_t height, width, channels;
  std::int64_t row, first;
};

/// Values from one of the 16 planes to the next one's.
using PlaneStride = std::int64_t;

/// Rows of a matrix as they lie in a padded image: row i is `segments` runs of `values` values.
template <typename Stored>
struct MatrixRows {
  const Stored* first;
  std::int64_t row;      ///< values from one row to the next
  std::int64_t segment;  ///< values from one of its runs to the next
  std::int64_t segments;
  std::int64_t values;  ///< of a run; even for Bfloat16
};

/// Results: `out` values each, `row` values apart.
template <typename Result>
struct MatrixResults {
  Result* first;
  std::int64_t row;
  std::int64_t out;
};

/// sums += over all steps of slopes x lines: a step is a pixel or tile, for Bfloat16 two of them,
/// whose values are interleaved.
template <typename Stored>
struct OuterProducts {
  const Stored* slopes;
  std::int64_t slope_step, slope_row;
  std::int64_t slope_panel;  ///< values from the first 32 channels of a step to the next 32
  const Stored* lines;
  std::int64_t line_step, line_row, line_panel;
  std::int64_t rows, steps;  ///< rows of so many steps
  std::int64_t out;          ///< of slopes; a multiple of 8
  std::int64_t panels;       ///< of lines, 32 channels each
  float* sums;               ///< [out][sum_row], from the first line's channel on
  std::int64_t sum_row;
};

/// Layouts: "rows" is [plane][tile][channel]; "panels" is [plane][channel / 32][tile][channel %
/// 32], for Bfloat16 with the tiles 2 i and 2 i + 1 interleaved: [plane][panel][tile /
/// 2][channel][2].
template <typename Stored>
struct TrainingKernels {
  /// B^T d B of the 4x4 patches around the tiles, zeros outside the image; in rows.
  void (*input_rows)(const TileRow<Stored>&, Stored* to, PlaneStride) = nullptr;
  /// The same in panels. Writes an even number of tiles, a missing last one as zeros.
  void (*input_panels)(const TileRow<Stored>&, Stored* to, PlaneStride) = nullptr;
  /// A dY A^T of the 2x2 tiles, zeros outside the image; in panels, as above.
  void (*slope_panels)(const TileRow<Stored>&, Stored* to, PlaneStride) = nullptr;
  /// A^T m A, as much of it as the image has. \param from  in rows
  void (*output)(const ResultRow<Stored>&, const float* from, PlaneStride) = nullptr;
  /// G g G^T. \param taps  [9][in][out]  \param to  [16][out / 32][in][32], for Bfloat16
  /// [16][out / 32][in / 2][32][2]
  void (*weights)(const float* taps, std::int64_t in, std::int64_t out, Stored* to) = nullptr;
  /// G^T u G. \param sums  [16][out][in]  \param to  [out][9][in]
  void (*weight_gradient)(const float* sums, std::int64_t out, std::int64_t in,
                          float* to) = nullptr;
  /// `count` rows by weights. \param weights  [out / 32][values][32] (for Bfloat16 as above), the
  /// last panels [values][16] and [values][8] where less than 32 channels are left
  void (*multiply)(const MatrixRows<Stored>& rows, const Stored* weights, std::int64_t count,
                   const MatrixResults<float>& to) = nullptr;
  /// The same with results as they are stored.
  void (*multiply_stored)(const MatrixRows<Stored>& rows, const Stored* weights, std::int64_t count,
                          const MatrixResults<Stored>& to) = nullptr;
  void (*add_products)(const OuterProducts<Stored>&) = nullptr;
};

/// Pixels in steps of add_products: (first[0], second[0], first[1], second[1], ...).
/// \param values  a multiple of 8
void interleave(const Bfloat16* first, const Bfloat16* second, std::int64_t values, Bfloat16* to);

/// Null unless the variant in use is AVX-512 and, for Bfloat16, the processor has AVX512-BF16.
template <typename Stored>
const TrainingKernels<Stored>* training_kernels();

}  // namespace bench::training
