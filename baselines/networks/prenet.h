#pragma once

#include <torch/nn/modules/container/sequential.h>

#include <cstdint>
#include <vector>

#include "training/network.h"

namespace bench::baselines {

/// Defaults: PReNet, 6 iterations.
struct PreNetOptions {
  std::int64_t image_channels = 3;
  std::int64_t features = 32;
  std::int64_t iterations = 6;
  bool recurrent = true;       ///< the ConvLSTM; without it the net is PRN
  bool shared_blocks = false;  ///< one residual block for all five places: PReNet_r, PRN_r
};

/// Progressive recurrent networks (Ren et al., CVPR 2019): the degraded image and the present
/// estimate go through one small net again and again; its output is a residual on the image.
/// Sub-modules carry the names of the released checkpoints.
class PreNet : public training::RestorationNetwork {
 public:
  explicit PreNet(const PreNetOptions& options);

  torch::Tensor forward(const torch::Tensor& degraded) override;
  /// The estimates of all iterations, last one last (recursive supervision).
  std::vector<torch::Tensor> forward_all(const torch::Tensor& degraded) override;

 private:
  struct LstmState {
    torch::Tensor hidden;
    torch::Tensor cell;
  };
  LstmState recur(const torch::Tensor& features, const LstmState& before);
  torch::Tensor refine(torch::Tensor features);

  PreNetOptions options_;
  torch::nn::Sequential first_;
  std::vector<torch::nn::Sequential> residuals_;
  torch::nn::Sequential input_gate_{nullptr};
  torch::nn::Sequential forget_gate_{nullptr};
  torch::nn::Sequential candidate_{nullptr};
  torch::nn::Sequential output_gate_{nullptr};
  torch::nn::Sequential last_;
};

}  // namespace bench::baselines
