#pragma once

#include <functional>
#include <optional>

#include "clearer/network/fusion_module.h"
#include "clearer/network/residual_block.h"
#include "clearer/network/transition.h"

namespace bench::clearer {

/// What the supernet and every derived network have in common: stem, transitions, head.
/// The cells between are the owner's.
class Trunk {
 public:
  /// Registers everything in `owner` in the order of the released networks.
  /// \param register_cell  called for cell 0, 1, ... where its modules belong in that order
  Trunk(torch::nn::Module& owner, const SearchSpace& space,
        const std::function<void(std::int64_t cell)>& register_cell);

  /// \param degraded  [N, image_channels, H, W], sides multiples of `side_multiple(space)`
  /// \param run_cell  what the owner does in a cell
  /// \returns [N, image_channels, H, W]
  torch::Tensor forward(const torch::Tensor& degraded,
                        const std::function<Branches(std::int64_t cell, Branches)>& run_cell) const;

 private:
  std::int64_t register_stem(torch::nn::Module& owner);
  void register_transition(torch::nn::Module& owner, std::int64_t number,
                           std::vector<std::int64_t>& current, std::int64_t branches);
  void register_head(torch::nn::Module& owner, std::int64_t branches);
  void check(const torch::Tensor& degraded) const;

  SearchSpace space_;
  std::vector<Convolution> stem_convolution_;  ///< of the parallel stem
  std::vector<ResidualBlock> stem_blocks_;
  std::vector<Bottleneck> stem_bottlenecks_;
  std::vector<Transition> transitions_;
  std::optional<FusionModule> final_fuse_;
  std::shared_ptr<torch::nn::Conv2dImpl> final_convolution_;
};

}  // namespace bench::clearer
