#pragma once

#include <torch/nn/modules/container/sequential.h>

#include <array>
#include <cstdint>
#include <vector>

#include "baselines/networks/cell.h"
#include "baselines/networks/hinas_architecture.h"
#include "baselines/networks/searchable_network.h"

namespace bench::baselines {

struct HiNasOptions {
  std::int64_t image_channels = 1;
  std::int64_t features = 20;  ///< F; published: 10 in search, 20 in training
};

/// Stem before and decoder after the cells, shared by both networks below. The parts are those of
/// the journal version (two normalized convolutions to 64 channels; 1x1, concatenation, separable
/// pair, convolution); their exact wiring is ours.
class HiNasFrameImpl : public torch::nn::Module {
 public:
  explicit HiNasFrameImpl(std::int64_t image_channels);

  /// The two states that the first layer takes, 64 channels each.
  std::pair<torch::Tensor, torch::Tensor> stem(const torch::Tensor& degraded);
  /// \param features  of the last layer, 64 channels
  torch::Tensor decode(const torch::Tensor& stem, const torch::Tensor& features);

 private:
  torch::nn::Sequential stem0_;
  torch::nn::Sequential stem1_;
  torch::nn::Sequential decoder_;
};
TORCH_MODULE(HiNasFrame);

/// The derived network of HiNAS (Zhang et al., CVPR 2020; journal version): three layers, each with
/// its own width and cell; restored = degraded - predicted.
class HiNasNetwork : public training::RestorationNetwork {
 public:
  HiNasNetwork(const HiNasOptions& options, const HiNasArchitecture& architecture);

  torch::Tensor forward(const torch::Tensor& degraded) override;

 private:
  HiNasFrame frame_;
  std::vector<torch::nn::Sequential> scale_;  ///< two per layer, one for each input state
  std::vector<DerivedCell> cells_;
  torch::nn::Sequential gather_;
};

/// The supernet: every layer has a cell of each width; a layer's cells share its operation logits
/// [14, 7], and width logits [from, 3] weigh how features go on to the next layer.
class HiNasSupernet : public SearchableNetwork {
 public:
  explicit HiNasSupernet(const HiNasOptions& options);

  torch::Tensor forward(const torch::Tensor& degraded) override;
  std::vector<torch::Tensor> architecture_parameters() const override;
  std::string derived_architecture() const override;

 private:
  using States = std::vector<torch::Tensor>;  ///< one per width, or the stem's one

  void add_logits(std::size_t layer);
  void add_cell(std::size_t layer, std::size_t width, std::int64_t features);
  torch::Tensor scaled(std::size_t layer, std::size_t width, std::size_t input,
                       const States& states, const torch::Tensor& weights);

  std::vector<torch::Tensor> operation_logits_;
  std::vector<torch::Tensor> width_logits_;
  HiNasFrame frame_;
  using Scalers = std::vector<torch::nn::Sequential>;  ///< one per width that features come from
  std::vector<std::vector<std::array<Scalers, 2>>> scale_;  ///< [layer][width][input]
  std::vector<std::vector<SearchedCell>> cells_;            ///< [layer][width]
  std::vector<torch::nn::Sequential> gather_;               ///< [width]
};

}  // namespace bench::baselines
