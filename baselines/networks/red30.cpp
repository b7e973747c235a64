#include "baselines/networks/red30.h"

#include <torch/nn/modules/conv.h>
#include <torch/types.h>

#include <string>

#include "baselines/networks/convolution.h"

namespace bench::baselines {
namespace {

constexpr std::size_t kLayers = 15;  // on each side
constexpr std::int64_t kRed30Features = 64;

}  // namespace

Red30::Red30(const Red30Options& options) {
  for (std::size_t i = 0; i < kLayers; ++i) {
    encode_.push_back(register_module(
        "encode" + std::to_string(i),
        same_convolution(i == 0 ? options.image_channels : kRed30Features, kRed30Features)));
  }
  for (std::size_t i = 0; i < kLayers; ++i) {
    decode_.push_back(register_module(
        "decode" + std::to_string(i),
        torch::nn::ConvTranspose2d(
            torch::nn::ConvTranspose2dOptions(
                kRed30Features, i + 1 == kLayers ? options.image_channels : kRed30Features, 3)
                .padding(1))));
  }
}

torch::Tensor Red30::forward(const torch::Tensor& degraded) {
  std::vector<torch::Tensor> skips;
  auto features = degraded;
  for (std::size_t i = 0; i < kLayers; ++i) {
    features = torch::relu(encode_[i]->forward(features));
    if (i % 2 == 1) skips.push_back(features);
  }
  for (std::size_t i = 0; i + 1 < kLayers; ++i) {
    features = torch::relu(decode_[i]->forward(features));
    if (i % 2 == 0) {
      features = torch::relu(features + skips.back());
      skips.pop_back();
    }
  }
  return torch::relu(decode_.back()->forward(features) + degraded);
}

}  // namespace bench::baselines
