#pragma once

#include <torch/nn/modules/container/sequential.h>

#include <cstdint>
#include <vector>

#include "baselines/networks/n3_block.h"
#include "training/network.h"

namespace bench::baselines {

/// Defaults: N3Net for denoising, 705,895 parameters.
struct N3NetOptions {
  std::int64_t image_channels = 1;
  std::int64_t features = 64;  ///< channels inside the DnCNNs and inside the N3 blocks' networks
  std::int64_t depth = 6;      ///< convolutions of each DnCNN, at least 2
  std::int64_t dncnns = 3;     ///< with an N3 block between each two
  N3BlockOptions block = {};
};

/// N3Net (Ploetz & Roth, NeurIPS 2018): DnCNNs that pass planes to each other through N3 blocks.
/// Each DnCNN adds its first input planes to its first output planes. Sides must be multiples of
/// the patches' stride, and large enough for more patches than neighbors.
class N3Net : public training::RestorationNetwork {
 public:
  explicit N3Net(const N3NetOptions& options);

  torch::Tensor forward(const torch::Tensor& degraded) override;
  std::int64_t side_multiple() const override;

 private:
  const N3NetOptions options_;
  std::vector<torch::nn::Sequential> local_;
  std::vector<N3Block> blocks_;
};

}  // namespace bench::baselines
