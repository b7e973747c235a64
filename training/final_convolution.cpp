#include "training/final_convolution.h"

#include <ATen/autocast_mode.h>
#include <torch/torch.h>

namespace bench::training {
namespace {

using Options = torch::nn::detail::ConvNdOptions<2>;

PackedShape packed_shape(const Options& options) {
  return {options.in_channels(), options.out_channels(), options.kernel_size()->at(0),
          options.stride()->at(0)};
}

/// Square, dense, padded with zeros so that the side is kept.
bool is_plain(const Options& options) {
  const auto kernel = options.kernel_size()->at(0), stride = options.stride()->at(0);
  const auto* padding = std::get_if<torch::ExpandingArray<2>>(&options.padding());
  return padding != nullptr && (*padding)->at(0) == kernel / 2 && (*padding)->at(1) == kernel / 2 &&
         options.kernel_size()->at(1) == kernel && options.stride()->at(1) == stride &&
         options.dilation()->at(0) == 1 && options.dilation()->at(1) == 1 &&
         options.groups() == 1 &&
         std::holds_alternative<torch::enumtype::kZeros>(options.padding_mode());
}

bool is_float_channels_last(const torch::Tensor& tensor) {
  return tensor.dim() == 4 && tensor.is_cpu() && tensor.scalar_type() == torch::kFloat32 &&
         tensor.is_contiguous(torch::MemoryFormat::ChannelsLast);
}

const float* values_or_null(const torch::Tensor& tensor) {
  return tensor.defined() ? tensor.const_data_ptr<float>() : nullptr;
}

}  // namespace

FinalConvolution::FinalConvolution(std::shared_ptr<torch::nn::Conv2dImpl> convolution)
    : convolution_(std::move(convolution)),
      shape_(packed_shape(convolution_->options)),
      has_kernels_(is_plain(convolution_->options) && PackedConvolution::serves(shape_)) {}

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
