#include "training/precision.h"

#include <ATen/autocast_mode.h>
#include <torch/types.h>
#include <torch/utils.h>

namespace bench::training {

PrecisionScope::PrecisionScope(Precision precision, torch::Device device)
    : device_(device.type()),
      enabled_before_(at::autocast::is_autocast_enabled(device_)),
      dtype_before_(at::autocast::get_autocast_dtype(device_)) {
  at::autocast::set_autocast_enabled(device_, precision == Precision::kBfloat16);
  at::autocast::set_autocast_dtype(device_, torch::kBFloat16);
}

PrecisionScope::~PrecisionScope() {
  at::autocast::set_autocast_enabled(device_, enabled_before_);
  at::autocast::set_autocast_dtype(device_, dtype_before_);
  // The cache holds bfloat16 copies of weights that the optimizer is about to change.
  at::autocast::clear_cache();
}

namespace {

torch::Tensor contiguous_in(const torch::Tensor& tensor, Layout layout) {
  if (tensor.dim() != 4) return tensor;
  return tensor.contiguous(layout == Layout::kChannelsLast ? torch::MemoryFormat::ChannelsLast
                                                           : torch::MemoryFormat::Contiguous);
}

}  // namespace

torch::Tensor in_layout(const torch::Tensor& tensor, Layout layout) {
  const auto arranged = contiguous_in(tensor, layout);
  if (tensor.dim() != 4 || tensor.size(1) != 1) return arranged;
  // One channel lies in memory alike in both layouts. The strides tell convolutions which one is
  // meant: by the others all that follows in the network would be in the wrong one.
  const auto height = tensor.size(2), width = tensor.size(3);
  const auto channel = layout == Layout::kChannelsLast ? 1 : height * width;
  return arranged.as_strided(tensor.sizes(), {height * width, channel, width, 1});
}

void set_layout(const std::vector<torch::Tensor>& parameters, Layout layout) {
  torch::NoGradGuard no_grad;
  for (const auto& parameter : parameters) {
    const auto arranged = contiguous_in(parameter, layout);
    if (!arranged.is_same(parameter)) torch::Tensor(parameter).set_data(arranged);
  }
}

}  // namespace bench::training
