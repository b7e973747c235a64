#include "baselines/networks/nafnet.h"

#include <torch/nn/modules/container/sequential.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/pixelshuffle.h>
#include <torch/types.h>

#include <string>

#include "baselines/networks/convolution.h"
#include "baselines/networks/nafnet_block.h"

namespace bench::baselines {
namespace {

torch::nn::Sequential naf_blocks(std::int64_t count, std::int64_t channels) {
  torch::nn::Sequential blocks;
  for (std::int64_t i = 0; i < count; ++i) blocks->push_back(NafBlock(channels));
  return blocks;
}

/// Twice the side, half the channels.
torch::nn::Sequential enlarging(std::int64_t channels) {
  return torch::nn::Sequential(
      same_convolution(channels, 2 * channels, {.kernel = 1, .bias = false}),
      torch::nn::PixelShuffle(2));
}

std::int64_t missing_to_multiple(std::int64_t side, std::int64_t multiple) {
  return (multiple - side % multiple) % multiple;
}

}  // namespace

NafNet::NafNet(const NafNetOptions& options)
    : intro_(register_module("intro", same_convolution(options.image_channels, options.width))),
      ending_(register_module("ending", same_convolution(options.width, options.image_channels))) {
  TORCH_CHECK(options.encoder_blocks.size() == options.decoder_blocks.size(),
              "NafNet: expected as many decoders as encoders, got ", options.decoder_blocks.size(),
              " and ", options.encoder_blocks.size());
  const auto levels = options.encoder_blocks.size();
  for (std::size_t i = 0; i < levels; ++i) {
    encoders_.push_back(register_module("encoder" + std::to_string(i),
                                        naf_blocks(options.encoder_blocks[i], options.width << i)));
  }
  for (std::size_t i = 0; i < levels; ++i) {
    decoders_.push_back(
        register_module("decoder" + std::to_string(i),
                        naf_blocks(options.decoder_blocks[i], options.width << (levels - 1 - i))));
  }
  middle_ = register_module("middle", naf_blocks(options.middle_blocks, options.width << levels));
  for (std::size_t i = 0; i < levels; ++i) {
    enlarge_.push_back(
        register_module("enlarge" + std::to_string(i), enlarging(options.width << (levels - i))));
  }
  for (std::size_t i = 0; i < levels; ++i) {
    shrink_.push_back(register_module(
        "shrink" + std::to_string(i),
        torch::nn::Conv2d(
            torch::nn::Conv2dOptions(options.width << i, options.width << (i + 1), 2).stride(2))));
  }
}

torch::Tensor NafNet::forward(const torch::Tensor& degraded) {
  const auto multiple = std::int64_t{1} << encoders_.size();
  const auto height = degraded.size(2);
  const auto width = degraded.size(3);
  const auto padded = torch::constant_pad_nd(degraded, {0, missing_to_multiple(width, multiple), 0,
                                                        missing_to_multiple(height, multiple)});
  std::vector<torch::Tensor> skips;
  auto features = intro_->forward(padded);
  for (std::size_t i = 0; i < encoders_.size(); ++i) {
    skips.push_back(encoders_[i]->forward(features));
    features = shrink_[i]->forward(skips.back());
  }
  if (!middle_->is_empty()) features = middle_->forward(features);
  for (std::size_t i = 0; i < decoders_.size(); ++i) {
    features = enlarge_[i]->forward(features) + skips[skips.size() - 1 - i];
    features = decoders_[i]->forward(features);
  }
  const auto restored = ending_->forward(features) + padded;
  return restored.slice(2, 0, height).slice(3, 0, width);
}

}  // namespace bench::baselines
