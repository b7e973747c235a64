#include "clearer/network/trunk.h"

#include <torch/nn/modules/conv.h>
#include <torch/types.h>

namespace bench::clearer {

Trunk::Trunk(torch::nn::Module& owner, const SearchSpace& space,
             const std::function<void(std::int64_t cell)>& register_cell)
    : space_(space) {
  validate(space_);
  std::vector<std::int64_t> current = {register_stem(owner)};
  const auto cells = static_cast<std::int64_t>(space_.modules.size()) - 1;
  if (space_.order == ModuleOrder::kTransitionFirst) {
    for (std::int64_t cell = 0; cell < cells; ++cell) {
      register_transition(owner, cell + 1, current, branches_of_cell(space_, cell));
      register_cell(cell);
    }
  } else {
    // The stem's width is brought to that of the first branch before the first cell.
    register_transition(owner, 0, current, 1);
    for (std::int64_t cell = 0; cell < cells; ++cell) {
      register_cell(cell);
      register_transition(owner, cell + 1, current, branches_of_cell(space_, cell + 1));
    }
  }
  register_head(owner, static_cast<std::int64_t>(current.size()));
}

std::int64_t Trunk::register_stem(torch::nn::Module& owner) {
  const auto width = space_.channels.front();
  if (space_.stem == Stem::kBottleneck) {
    auto in = space_.image_channels;
    for (std::int64_t i = 0; i < space_.modules.front(); ++i) {
      stem_bottlenecks_.emplace_back(owner, "stage1." + std::to_string(i), in, width,
                                     space_.normalization);
      in = width * Bottleneck::kExpansion;
    }
    return in;
  }
  stem_convolution_.emplace_back(owner, "stage1.0.0", "stage1.0.1",
                                 ConvolutionShape{space_.image_channels, width},
                                 space_.normalization);
  for (std::int64_t i = 1; i <= space_.modules.front(); ++i) {
    stem_blocks_.emplace_back(owner, "stage1." + std::to_string(i), width, space_.normalization);
  }
  return width;
}

void Trunk::register_transition(torch::nn::Module& owner, std::int64_t number,
                                std::vector<std::int64_t>& current, std::int64_t branches) {
  const std::vector<std::int64_t> next(space_.channels.begin(), space_.channels.begin() + branches);
  transitions_.emplace_back(owner, "transition" + std::to_string(number), current, next,
                            space_.normalization);
  current = next;
}

void Trunk::register_head(torch::nn::Module& owner, std::int64_t branches) {
  // Without it the lower resolutions would not reach the output: exchanged in every space.
  final_fuse_.emplace(owner, "final_fuse", space_, branches, /*outputs=*/1, /*exchange=*/true);
  const std::int64_t kernel = space_.head == Head::kConvolution1x1 ? 1 : 3;
  final_convolution_ = std::make_shared<torch::nn::Conv2dImpl>(
      torch::nn::Conv2dOptions(space_.channels.front(), space_.image_channels, kernel)
          .padding(kernel / 2)
          .bias(false));
  module_at(owner, "final_conv").register_module("0", final_convolution_);
}

void Trunk::check(const torch::Tensor& degraded) const {
  const auto multiple = side_multiple(space_);
  TORCH_CHECK(degraded.dim() == 4 && degraded.size(1) == space_.image_channels &&
                  degraded.size(2) % multiple == 0 && degraded.size(3) % multiple == 0,
              "CLEARER network: expected [N, ", space_.image_channels,
              ", H, W] with sides that are multiples of ", multiple, ", got ", degraded.sizes(),
              "; pad the image");
}

torch::Tensor Trunk::forward(
    const torch::Tensor& degraded,
    const std::function<Branches(std::int64_t cell, Branches)>& run_cell) const {
  check(degraded);
  auto features = degraded;
  for (const auto& convolution : stem_convolution_) features = convolution.forward(features, true);
  for (const auto& block : stem_blocks_) features = block.forward(features);
  for (const auto& block : stem_bottlenecks_) features = block.forward(features);

  Branches branches = {features};
  const bool transition_first = space_.order == ModuleOrder::kTransitionFirst;
  for (std::size_t i = 0; i < transitions_.size(); ++i) {
    branches = transitions_[i].forward(branches);
    const bool cell_follows = transition_first || i + 1 < transitions_.size();
    if (cell_follows) branches = run_cell(static_cast<std::int64_t>(i), std::move(branches));
  }
  const auto restored = final_convolution_->forward(final_fuse_->forward(branches).front());
  return space_.global_residual ? degraded + restored : restored;
}

}  // namespace bench::clearer
