#include "training/kernels/final_convolution.h"

#include <ATen/autocast_mode.h>
#include <torch/nn/modules/conv.h>
#include <torch/types.h>
#include <torch/utils.h>

#include "training/kernels/plain_convolution.h"
#include "training/kernels/stored_tensor.h"

namespace bench::training {
namespace {

bool is_float_channels_last(const torch::Tensor& tensor) {
  return tensor.dim() == 4 && tensor.scalar_type() == torch::kFloat32 &&
         is_stored_channels_last(tensor);
}

const float* values_or_null(const torch::Tensor& tensor) {
  return tensor.defined() ? tensor.const_data_ptr<float>() : nullptr;
}

}  // namespace

FinalConvolution::FinalConvolution(std::shared_ptr<torch::nn::Conv2dImpl> convolution)
    : convolution_(std::move(convolution)),
      shape_(plain_shape(*convolution_).value_or(PackedShape{})),
      has_kernels_(plain_shape(*convolution_) && PackedConvolution::serves(shape_)) {}

bool FinalConvolution::serves(const torch::Tensor& features, const torch::Tensor& residual) const {
  const auto& weight = convolution_->weight;
  return has_kernels_ && !torch::GradMode::is_enabled() && !weight.requires_grad() &&
         weight.is_cpu() && weight.scalar_type() == torch::kFloat32 &&
         is_float_channels_last(features) && features.size(1) == shape_.in &&
         features.size(2) % shape_.stride == 0 && features.size(3) % shape_.stride == 0 &&
         (!residual.defined() || is_float_channels_last(residual)) &&
         !at::autocast::is_autocast_enabled(at::kCPU);
}

const PackedConvolution& FinalConvolution::packed() const {
  std::call_once(packing_, [this] {
    const auto weight = convolution_->weight.detach().contiguous();
    packed_ = std::make_unique<const PackedConvolution>(shape_, weight.const_data_ptr<float>());
  });
  return *packed_;
}

torch::Tensor FinalConvolution::forward(const torch::Tensor& features,
                                        const torch::Tensor& residual, bool relu) const {
  if (!serves(features, residual)) return {};
  const PixelGrid grid{features.size(2), features.size(3)};
  auto result = torch::empty(
      {features.size(0), shape_.out, grid.height / shape_.stride, grid.width / shape_.stride},
      features.options().memory_format(torch::MemoryFormat::ChannelsLast));
  TORCH_CHECK(!residual.defined() || residual.sizes() == result.sizes(),
              "convolution: a residual of ", residual.sizes(), " is added to ", result.sizes());
  const auto in_values = features.numel() / std::max<std::int64_t>(1, features.size(0));
  const auto out_values = result.numel() / std::max<std::int64_t>(1, features.size(0));
  const float* in = features.const_data_ptr<float>();
  const float* more = values_or_null(residual);
  auto* out = result.mutable_data_ptr<float>();
  for (std::int64_t i = 0; i < features.size(0); ++i) {
    packed().run(grid, in + i * in_values, values_or_null(convolution_->bias),
                 more ? more + i * out_values : nullptr, relu, out + i * out_values);
  }
  return result;
}

}  // namespace bench::training
