#pragma once

#include <cstdint>
#include <vector>

namespace bench::training {

/// Kernels of convolutions on float32 values in channels-last memory, for x86 processors with AVX2
/// or AVX-512. Each computes some pixels for some output channels in registers, from the first tap
/// to the rectified result: no value of the result is in memory before it is done.

/// What one call computes: `pixels` neighboring pixels, `width` neighboring output channels.
struct ConvolutionBlock {
  const float* in;                  ///< the first tap of the first pixel
  std::int64_t pixel_stride;        ///< values from a pixel's taps to the next one's
  const std::int64_t* tap_offsets;  ///< from `in`
  std::int64_t taps;
  std::int64_t channels;  ///< of the input
  const float* weights;   ///< [taps][channels][width]
  const float* bias;      ///< [width], or null
  const float* residual;  ///< laid out like `out`, or null
  bool relu;
  float* out;
  std::int64_t out_stride;  ///< values from a pixel's result to the next one's
};

using BlockKernel = void (*)(const ConvolutionBlock&);

/// Kernels of one width, by how many pixels they do at a time.
struct BlockKernels {
  std::int64_t width = 0;
  std::int64_t pixels = 0;  ///< that `many` does; `few` does 4
  BlockKernel many = nullptr, few = nullptr, one = nullptr;

  /// Any number of pixels: the last call may do some a second time, with the same result.
  void run(ConvolutionBlock block, std::int64_t pixels) const;
};

/// A row of tiles of Winograd's F(2x2, 3x3): 16 products a tile of 2x2 results instead of 36.
struct WinogradOutput {
  const float* products;  ///< [16][plane / channels][channels], from the first tile on
  std::int64_t plane;     ///< values of one of the 16
  std::int64_t channels;
  std::int64_t rows;      ///< of results that the image has here: 2, or 1 at an odd side
  std::int64_t columns;   ///< of results
  const float* bias;      ///< [channels], or null
  const float* residual;  ///< laid out like `out`, or null
  bool relu;
  float* out;  ///< [rows][row_values / channels][channels]
  std::int64_t row_values;
};

struct WinogradKernels {
  std::int64_t lanes = 0;  ///< channels must be multiples of it

  /// `tiles` neighboring tiles. \param in  first value of the first; \param row  values a row
  /// \param out  [16][plane / channels][channels], the first tile's place
  void (*transform_input)(const float* in, std::int64_t row, std::int64_t channels,
                          std::int64_t tiles, float* out, std::int64_t plane) = nullptr;

  void (*transform_output)(const WinogradOutput& row) = nullptr;
};

/// Those of the variant in use, widest first; empty for the plain one.
const std::vector<BlockKernels>& block_kernels();

/// `lanes` is 0 where `block_kernels` is empty.
const WinogradKernels& winograd_kernels();

}  // namespace bench::training
