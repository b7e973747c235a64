#pragma once

#include <torch/nn/module.h>
#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/container/sequential.h>
#include <torch/nn/pimpl.h>

#include <cstdint>

namespace bench::baselines {

/// Defaults: image denoising in the paper.
struct N3BlockOptions {
  std::int64_t features = 8;     ///< planes of the input, and of the embedding
  std::int64_t hidden = 64;      ///< channels inside the two small networks
  std::int64_t neighbors = 7;    ///< k
  std::int64_t patch_side = 10;  ///< pixels; a multiple of `stride`
  std::int64_t stride = 5;       ///< pixels between patches
  std::int64_t window = 15;      ///< patches each way among which neighbors are sought
};

/// The neural nearest neighbors block (Ploetz & Roth, NeurIPS 2018): every patch of the features
/// is followed by the continuous nearest neighbors that soft_neighbor_weights finds for it by
/// the distances of learned embeddings. [N, features, H, W] -> [N, features (1 + k), H, W].
/// H and W must be multiples of the stride, of at least `patch_side` pixels.
class N3BlockImpl : public torch::nn::Module {
 public:
  explicit N3BlockImpl(const N3BlockOptions& options);

  torch::Tensor forward(const torch::Tensor& features);

 private:
  torch::Tensor patches_of(const torch::Tensor& planes) const;
  torch::Tensor image_of(const torch::Tensor& patches, std::int64_t height,
                         std::int64_t width) const;
  torch::Tensor neighbors_of(const torch::Tensor& features, const torch::Tensor& embedded,
                             const torch::Tensor& log_temperatures);

  const N3BlockOptions options_;
  torch::nn::Sequential embedding_;
  torch::nn::Sequential temperature_;
  torch::nn::BatchNorm1d distance_norm_;
};
TORCH_MODULE(N3Block);

}  // namespace bench::baselines
