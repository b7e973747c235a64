#include "smoothing_net.h"

#include <torch/types.h>

#include "baselines/networks/convolution.h"

namespace bench::baselines {

SmoothingNet::SmoothingNet(const SmoothingNetOptions& options)
    : see_(register_module("see", same_convolution(options.image_channels, options.features))),
      predict_(
          register_module("predict", same_convolution(options.features, options.image_channels))) {}

torch::Tensor SmoothingNet::forward(const torch::Tensor& degraded) {
  return degraded - predict_->forward(torch::relu(see_->forward(degraded)));
}

}  // namespace bench::baselines
