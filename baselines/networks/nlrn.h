#pragma once

#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/conv.h>

#include <cstdint>
#include <vector>

#include "baselines/networks/neighborhood.h"
#include "training/network.h"

namespace bench::baselines {

/// Defaults: NLRN for denoising, 340,099 parameters.
struct NlrnOptions {
  std::int64_t image_channels = 1;
  std::int64_t features = 128;
  std::int64_t steps = 12;   ///< recurrences
  std::int64_t window = 45;  ///< pixels each way that a pixel is compared with
};

/// One non-local step over a confined neighborhood, added to its input (Liu et al., NeurIPS 2018):
///   z_i = h_i + sum_j softmax_j(theta(h_i) . phi(h_j)) g(h_j),   j in the window around i.
/// g starts at zero: an untrained step hands its input on.
class NonLocalImpl : public torch::nn::Module {
 public:
  explicit NonLocalImpl(std::int64_t features);

  /// \param tiles  neighborhood_tiles of the image: made once for all recurrences
  torch::Tensor forward(const torch::Tensor& features, const std::vector<NeighborhoodTile>& tiles);

 private:
  torch::nn::Conv2d theta_, phi_, g_;
};
TORCH_MODULE(NonLocal);

/// The non-local recurrent network: one residual step with a non-local part, applied again and
/// again with the same convolutions and normalizations of its own each time; residual on the
/// image.
class Nlrn : public training::RestorationNetwork {
 public:
  explicit Nlrn(const NlrnOptions& options);

  torch::Tensor forward(const torch::Tensor& degraded) override;

 private:
  /// Of one recurrence.
  struct StepNorms {
    torch::nn::BatchNorm2d before_non_local, before_first, before_second;
  };

  const std::int64_t window_;
  torch::nn::BatchNorm2d input_norm_;
  torch::nn::Conv2d extract_;
  NonLocal non_local_;
  torch::nn::Conv2d first_, second_;
  std::vector<StepNorms> norms_;
  torch::nn::BatchNorm2d output_norm_;
  torch::nn::Conv2d to_image_;
};

}  // namespace bench::baselines
