#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "baselines/networks/normed_convolution.h"
#include "training/network.h"

namespace bench::baselines {

struct DualResidualOptions {
  std::int64_t features = 32;
  std::int64_t kernel1 = 5;
  std::int64_t kernel2 = 3;
  std::int64_t dilation1 = 1;
  bool batch_norm = true;
};

/// DuRB-P (Liu et al., CVPR 2019): a residual pair of 3x3 convolutions, then two convolutions T1
/// and T2; T1 is joined with T1's output of the block before, T2 with the block's own input.
class DualResidualBlockImpl : public torch::nn::Module {
 public:
  explicit DualResidualBlockImpl(const DualResidualOptions& options);

  /// \param dual  what the block before gave as second result
  /// \returns the features, and what the next block takes as `dual`
  std::pair<torch::Tensor, torch::Tensor> forward(const torch::Tensor& features,
                                                  const torch::Tensor& dual);

 private:
  NormedConvolution first_;
  NormedConvolution second_;
  NormedConvolution paired1_;
  NormedConvolution paired2_;
};
TORCH_MODULE(DualResidualBlock);

struct DurnPOptions {
  std::int64_t image_channels = 1;
  std::int64_t features = 32;
  bool batch_norm = true;  ///< false: the released variant for real noise
};

/// DuRN-P (Liu et al., CVPR 2019): six DuRB-P of growing kernels; restored = degraded + tanh(...).
/// Convolutions pad by reflection, by 15 pixels at most: a side must be longer than that.
class DurnP : public training::RestorationNetwork {
 public:
  explicit DurnP(const DurnPOptions& options);

  torch::Tensor forward(const torch::Tensor& degraded) override;

 private:
  NormedConvolution head1_;
  NormedConvolution head2_;
  std::vector<DualResidualBlock> blocks_;
  NormedConvolution tail_;
  NormedConvolution to_image_;
};

}  // namespace bench::baselines
