#include "training/kernels/plain_convolution.h"

#include <torch/nn/modules/conv.h>
#include <torch/types.h>

namespace bench::training {

std::optional<PackedShape> plain_shape(const torch::nn::Conv2dImpl& convolution) {
  const auto& options = convolution.options;
  const auto kernel = options.kernel_size()->at(0), stride = options.stride()->at(0);
  const auto* padding = std::get_if<torch::ExpandingArray<2>>(&options.padding());
  const bool plain = padding != nullptr && (*padding)->at(0) == kernel / 2 &&
                     (*padding)->at(1) == kernel / 2 && options.kernel_size()->at(1) == kernel &&
                     options.stride()->at(1) == stride && options.dilation()->at(0) == 1 &&
                     options.dilation()->at(1) == 1 && options.groups() == 1 &&
                     std::holds_alternative<torch::enumtype::kZeros>(options.padding_mode());
  if (!plain) return std::nullopt;
  return PackedShape{options.in_channels(), options.out_channels(), kernel, stride};
}

}  // namespace bench::training
