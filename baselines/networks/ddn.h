#pragma once

#include <torch/nn/modules/container/sequential.h>

#include <cstdint>
#include <vector>

#include "training/network.h"

namespace bench::baselines {

struct DdnOptions {
  std::int64_t image_channels = 3;
};

/// Deep detail network (Fu et al., CVPR 2017), 26 layers: sees only the detail layer, the image
/// minus its guided-filtered base, and predicts a residual on the image.
class Ddn : public training::RestorationNetwork {
 public:
  explicit Ddn(const DdnOptions& options);

  torch::Tensor forward(const torch::Tensor& degraded) override;

 private:
  torch::nn::Sequential first_;
  std::vector<torch::nn::Sequential> residuals_;
  torch::nn::Sequential last_;
};

/// Each channel of `images` [N, C, H, W] filtered with itself as guide (He et al., TPAMI 2013):
/// means over (2 * radius + 1)^2 windows that are cut at the border.
/// \param epsilon  on the scale of the squared values
torch::Tensor guided_base(const torch::Tensor& images, std::int64_t radius, double epsilon);

}  // namespace bench::baselines
