#pragma once

#include <torch/nn/modules/container/sequential.h>

#include <cstdint>
#include <vector>

#include "baselines/networks/cell.h"
#include "baselines/networks/searchable_network.h"

namespace bench::baselines {

/// The DARTS cell as a restoration network. The frame is ours: no reduction cells (a restored
/// image needs every pixel), predicted residual.
struct DartsOptions {
  std::int64_t image_channels = 1;
  std::int64_t node_channels = 32;  ///< a cell hands on 4 times as many
  std::int64_t cells = 4;
};

/// Stem, 1x1 reductions of the two inputs of each cell, and the convolution to the image: all
/// that the searched and the derived network share.
class DartsFrameImpl : public torch::nn::Module {
 public:
  DartsFrameImpl(const DartsOptions& options, bool affine);

  torch::Tensor stem(const torch::Tensor& degraded);
  /// \param input  0 for the output of the cell before the last, 1 for that of the last
  torch::Tensor reduce(std::size_t cell, std::size_t input, const torch::Tensor& features);
  torch::Tensor to_image(const torch::Tensor& features);

 private:
  torch::nn::Sequential stem_;
  std::vector<torch::nn::Sequential> reduce_;  ///< two per cell
  torch::nn::Sequential to_image_;
};
TORCH_MODULE(DartsFrame);

/// DARTS (Liu et al., ICLR 2019): all cells share one set of logits [14, 8].
class DartsSupernet : public SearchableNetwork {
 public:
  explicit DartsSupernet(const DartsOptions& options);

  torch::Tensor forward(const torch::Tensor& degraded) override;
  std::vector<torch::Tensor> architecture_parameters() const override { return {logits_}; }
  std::string derived_architecture() const override;

 private:
  torch::Tensor logits_;
  DartsFrame frame_;
  std::vector<SearchedCell> cells_;
};

/// The same frame with derived cells, all of one genotype.
class DartsNetwork : public training::RestorationNetwork {
 public:
  DartsNetwork(const DartsOptions& options, const Genotype& genotype);

  torch::Tensor forward(const torch::Tensor& degraded) override;

 private:
  DartsFrame frame_;
  std::vector<DerivedCell> cells_;
};

}  // namespace bench::baselines
