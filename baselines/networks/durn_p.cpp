#include "baselines/networks/durn_p.h"

#include <torch/types.h>

#include <array>
#include <string>

namespace bench::baselines {
namespace {

struct PairedKernels {
  std::int64_t kernel1;
  std::int64_t kernel2;
  std::int64_t dilation1;
};

constexpr std::array<PairedKernels, 6> kBlocks{
    {{5, 3, 1}, {7, 5, 1}, {7, 5, 2}, {11, 7, 2}, {11, 5, 1}, {11, 7, 3}}};

NormedConvolutionOptions same_width(const DualResidualOptions& options, std::int64_t kernel,
                                    std::int64_t dilation) {
  return {.from_channels = options.features,
          .channels = options.features,
          .kernel = kernel,
          .dilation = dilation,
          .batch_norm = options.batch_norm};
}

}  // namespace

DualResidualBlockImpl::DualResidualBlockImpl(const DualResidualOptions& options)
    : first_(same_width(options, 3, 1)),
      second_(same_width(options, 3, 1)),
      paired1_(same_width(options, options.kernel1, options.dilation1)),
      paired2_(same_width(options, options.kernel2, 1)) {
  register_module("first", first_);
  register_module("second", second_);
  register_module("paired1", paired1_);
  register_module("paired2", paired2_);
}

std::pair<torch::Tensor, torch::Tensor> DualResidualBlockImpl::forward(
    const torch::Tensor& features, const torch::Tensor& dual) {
  const auto inner = second_->convolve(torch::relu(first_->forward(features)));
  // The second normalization stands after the addition, not before it.
  const auto refined = torch::relu(second_->normalize(inner + features));
  const auto next_dual = torch::relu(paired1_->forward(refined) + dual);
  return {torch::relu(paired2_->forward(next_dual) + features), next_dual};
}

DurnP::DurnP(const DurnPOptions& options)
    : head1_(NormedConvolutionOptions{.from_channels = options.image_channels,
                                      .channels = options.features,
                                      .batch_norm = options.batch_norm}),
      head2_(same_width({.features = options.features, .batch_norm = options.batch_norm}, 3, 1)),
      tail_(same_width({.features = options.features, .batch_norm = options.batch_norm}, 3, 1)),
      to_image_(NormedConvolutionOptions{.from_channels = options.features,
                                         .channels = options.image_channels,
                                         .batch_norm = false}) {
  register_module("head1", head1_);
  register_module("head2", head2_);
  for (std::size_t i = 0; i < kBlocks.size(); ++i) {
    blocks_.push_back(
        register_module("block" + std::to_string(i + 1),
                        DualResidualBlock(DualResidualOptions{.features = options.features,
                                                              .kernel1 = kBlocks[i].kernel1,
                                                              .kernel2 = kBlocks[i].kernel2,
                                                              .dilation1 = kBlocks[i].dilation1,
                                                              .batch_norm = options.batch_norm})));
  }
  register_module("tail", tail_);
  register_module("to_image", to_image_);
}

torch::Tensor DurnP::forward(const torch::Tensor& degraded) {
  auto features = torch::relu(head1_->forward(degraded));
  features = torch::relu(head2_->forward(features));
  auto dual = features;
  for (auto& block : blocks_) std::tie(features, dual) = block->forward(features, dual);
  features = torch::relu(tail_->forward(features));
  return degraded + torch::tanh(to_image_->forward(features));
}

}  // namespace bench::baselines
