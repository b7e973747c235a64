#include "baselines/networks/convolution.h"

#include <torch/nn/modules/conv.h>
#include <torch/types.h>

namespace bench::baselines {

torch::nn::Conv2d same_convolution(std::int64_t from_channels, std::int64_t to_channels,
                                   const ConvolutionSettings& settings) {
  TORCH_CHECK(settings.kernel % 2 == 1, "same_convolution: expected an odd kernel, got ",
              settings.kernel);
  return torch::nn::Conv2d(torch::nn::Conv2dOptions(from_channels, to_channels, settings.kernel)
                               .padding(settings.dilation * (settings.kernel - 1) / 2)
                               .dilation(settings.dilation)
                               .groups(settings.groups)
                               .bias(settings.bias));
}

}  // namespace bench::baselines
