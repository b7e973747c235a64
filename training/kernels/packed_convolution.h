#pragma once

#include <cstdint>
#include <memory>
#include <vector>

namespace bench::training {

struct BlockKernels;

/// Channels, kernel side and stride; padding keeps the side (kernel / 2).
struct PackedShape {
  std::int64_t in;
  std::int64_t out;
  std::int64_t kernel;
  std::int64_t stride;
};

/// An image in channels-last memory.
struct PixelGrid {
  std::int64_t height;
  std::int64_t width;
};

/// A convolution for evaluation: its weights arranged once for the kernels of this processor, bias,
/// residual and rectification done in the same pass, 3x3 ones by Winograd's F(2x2, 3x3) where the
/// channels fill registers. float32, one image at a time. Immutable: threads may share it.
class PackedConvolution {
 public:
  /// Whether this processor and shape are served: 1x1, or 3x3 with stride 1 or 2; outputs in
  /// eights.
  static bool serves(const PackedShape& shape);

  /// \param weights  [out, in, kernel, kernel], contiguous. \pre serves(shape)
  PackedConvolution(const PackedShape& shape, const float* weights);
  ~PackedConvolution();

  /// relu?(convolution + bias? + residual?).
  /// \param in        [height, width, in]; for stride 2 sides are even
  /// \param bias      [out] or null
  /// \param residual  [height / stride, width / stride, out] or null; may not be `out`
  /// \param out       as `residual`
  void run(const PixelGrid& grid, const float* in, const float* bias, const float* residual,
           bool relu, float* out) const;

 private:
  struct Group {
    const BlockKernels* kernels;
    std::int64_t first;          ///< output channel
    std::vector<float> weights;  ///< [plane][taps][in][width]: 1 plane, by Winograd 16 of one tap
  };
  struct Job;

  void pack_directly(const float* weights);
  void pack_for_winograd(const float* weights);
  void run_pointwise(const Job& job) const;
  void run_rows(const Job& job, std::int64_t first_row, std::int64_t rows) const;
  void run_tile_rows(const Job& job, std::int64_t first_row, std::int64_t rows) const;

  const PackedShape shape_;
  const bool by_winograd_;
  std::vector<Group> groups_;
};

}  // namespace bench::training
