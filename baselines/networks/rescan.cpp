#include "baselines/networks/rescan.h"

#include <torch/nn/modules/activation.h>
#include <torch/types.h>

#include <string>

#include "baselines/networks/convolution.h"

namespace bench::baselines {
namespace {

constexpr std::int64_t kDecoderLayers = 2;

}  // namespace

Rescan::Rescan(const RescanOptions& options)
    : options_(options),
      decoder_(same_convolution(options.features, options.features),
               SqueezeExcitation(options.features, kSqueezedUnits),
               torch::nn::LeakyReLU(torch::nn::LeakyReLUOptions().negative_slope(kRescanLeak)),
               same_convolution(options.features, options.image_channels, {.kernel = 1})) {
  for (std::int64_t i = 0; i < options.depth - kDecoderLayers; ++i) {
    // Dilations 1 (from the image), then 1, 2, 4, 8.
    units_.push_back(
        register_module("unit" + std::to_string(i),
                        RescanUnit(RescanUnitOptions{
                            .from_channels = i == 0 ? options.image_channels : options.features,
                            .channels = options.features,
                            .dilation = i == 0 ? 1 : std::int64_t{1} << (i - 1),
                            .kind = options.kind})));
  }
  register_module("decoder", decoder_);
}

std::vector<torch::Tensor> Rescan::forward_all(const torch::Tensor& degraded) {
  std::vector<RescanState> states(units_.size());
  std::vector<torch::Tensor> restored;
  torch::Tensor rain;
  for (std::int64_t stage = 0; stage < options_.stages; ++stage) {
    auto features = stage == 0 ? degraded : restored.back();
    for (std::size_t i = 0; i < units_.size(); ++i) {
      states[i] = units_[i]->forward(features, states[i]);
      features = states[i].hidden;
    }
    const auto predicted = decoder_->forward(features);
    rain = options_.output == StageOutput::kAdditive && stage > 0 ? rain + predicted : predicted;
    restored.push_back(degraded - rain);
  }
  return restored;
}

torch::Tensor Rescan::forward(const torch::Tensor& degraded) {
  return forward_all(degraded).back();
}

}  // namespace bench::baselines
