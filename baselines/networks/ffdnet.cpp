#include "baselines/networks/ffdnet.h"

#include <torch/types.h>

#include <string>

#include "baselines/networks/convolution.h"

namespace bench::baselines {

FfdNet::FfdNet(const FfdNetOptions& options) : options_(options) {
  const bool gray = options.image_channels == 1;
  const std::int64_t count = gray ? 15 : 12;
  const std::int64_t features = gray ? 64 : 96;
  const auto quarters = 4 * options.image_channels;
  for (std::int64_t i = 0; i < count; ++i) {
    convolutions_.push_back(register_module(
        "conv" + std::to_string(i),
        same_convolution(i == 0 ? quarters + 1 : features, i + 1 == count ? quarters : features)));
  }
}

torch::Tensor FfdNet::forward(const torch::Tensor& degraded) {
  const auto height = degraded.size(2);
  const auto width = degraded.size(3);
  const auto even = torch::replication_pad2d(degraded, {0, width % 2, 0, height % 2});
  auto features = torch::pixel_unshuffle(even, 2);
  const auto level = torch::full({features.size(0), 1, features.size(2), features.size(3)},
                                 options_.sigma_8bit / 255.0, features.options());
  features = torch::cat({features, level}, 1);
  for (std::size_t i = 0; i + 1 < convolutions_.size(); ++i) {
    features = torch::relu(convolutions_[i]->forward(features));
  }
  const auto restored = torch::pixel_shuffle(convolutions_.back()->forward(features), 2);
  return restored.slice(2, 0, height).slice(3, 0, width);
}

}  // namespace bench::baselines
