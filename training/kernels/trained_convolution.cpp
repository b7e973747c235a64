#include "training/kernels/trained_convolution.h"

#include <ATen/autocast_mode.h>
#include <torch/autograd.h>
#include <torch/nn/modules/conv.h>
#include <torch/types.h>
#include <torch/utils.h>

#include "training/kernels/direct_convolution.h"
#include "training/kernels/plain_convolution.h"
#include "training/kernels/stored_tensor.h"
#include "training/kernels/weight_taps.h"
#include "training/kernels/winograd_convolution.h"

namespace bench::training {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

Images images_of(const torch::Tensor& features) {
  return {features.size(0), features.size(2), features.size(3)};
}

torch::Tensor empty_images(const torch::Tensor& like, std::int64_t channels, std::int64_t height,
                           std::int64_t width) {
  return torch::empty({like.size(0), channels, height, width},
                      like.options().memory_format(torch::MemoryFormat::ChannelsLast));
}

PackedShape shape_of_weight(const torch::Tensor& weight, std::int64_t stride) {
  return {weight.size(1), weight.size(0), weight.size(2), stride};
}

template <typename Stored>
bool by_winograd(const PackedShape& shape) {
  return shape.kernel == 3 && shape.stride == 1 && winograd_serves<Stored>(shape.in, shape.out);
}

torch::Tensor convolved(const torch::Tensor& features, const torch::Tensor& weight,
                        std::int64_t stride) {
  const auto shape = shape_of_weight(weight, stride);
  const auto along = [stride](std::int64_t side) { return (side + stride - 1) / stride; };
  const auto results =
      empty_images(features, shape.out, along(features.size(2)), along(features.size(3)));
  const auto taps = taps_from_in_to_out(weight);
  with_stored_type(features, [&](auto type) {
    using Stored = decltype(type);
    const auto* from = values_of<Stored>(features);
    auto* to = places_of<Stored>(results);
    by_winograd<Stored>(shape)
        ? winograd_convolve(images_of(features), shape.in, shape.out, from, taps.get(), to)
        : direct_convolve(shape, images_of(features), from, taps.get(), to);
  });
  return results;
}

torch::Tensor gradient_by_features(const torch::Tensor& slopes, const torch::Tensor& features,
                                   const torch::Tensor& weight, std::int64_t stride) {
  const auto shape = shape_of_weight(weight, stride);
  const auto gradient = torch::empty_like(features);
  const auto taps = taps_from_out_to_in(weight, /*turned=*/stride == 1);
  with_stored_type(slopes, [&](auto type) {
    using Stored = decltype(type);
    const auto* from = values_of<Stored>(slopes);
    auto* to = places_of<Stored>(gradient);
    by_winograd<Stored>(shape)
        ? winograd_convolve(images_of(slopes), shape.out, shape.in, from, taps.get(), to)
        : direct_gradient_by_features(shape, images_of(features), from, taps.get(), to);
  });
  return gradient;
}

torch::Tensor gradient_by_weight(const torch::Tensor& slopes, const torch::Tensor& features,
                                 const torch::Tensor& weight, std::int64_t stride) {
  const auto shape = shape_of_weight(weight, stride);
  const auto gradient = torch::empty(
      weight.sizes(), weight.options().memory_format(torch::MemoryFormat::ChannelsLast));
  with_stored_type(features, [&](auto type) {
    using Stored = decltype(type);
    const auto* inputs = values_of<Stored>(features);
    const auto* outputs = values_of<Stored>(slopes);
    auto* to = gradient.mutable_data_ptr<float>();
    by_winograd<Stored>(shape)
        ? winograd_gradient_by_weights(images_of(features), shape.in, shape.out, inputs, outputs,
                                       to)
        : direct_gradient_by_weights(shape, images_of(features), inputs, outputs, to);
  });
  return gradient;
}

class ConvolutionFunction : public torch::autograd::Function<ConvolutionFunction> {
 public:
  static torch::Tensor forward(AutogradContext* context, const torch::Tensor& features,
                               const torch::Tensor& weight, std::int64_t stride) {
    context->save_for_backward({features, weight});
    context->saved_data["stride"] = stride;
    return convolved(features, weight, stride);
  }

  static variable_list backward(AutogradContext* context, variable_list slopes) {
    variable_list result(3);
    if (!slopes[0].defined()) return result;
    const auto saved = context->get_saved_variables();
    const auto &features = saved[0], &weight = saved[1];
    const auto stride = context->saved_data["stride"].toInt();
    const auto given =
        slopes[0].to(features.scalar_type()).contiguous(torch::MemoryFormat::ChannelsLast);
    if (context->needs_input_grad(0)) {
      result[0] = gradient_by_features(given, features, weight, stride);
    }
    if (context->needs_input_grad(1)) {
      result[1] = gradient_by_weight(given, features, weight, stride);
    }
    return result;
  }
};

/// What the convolution is computed in: autocast's choice, else the features' own type.
torch::Dtype type_of_computation(const torch::Tensor& features) {
  return at::autocast::is_autocast_enabled(at::kCPU) ? at::autocast::get_autocast_dtype(at::kCPU)
                                                     : features.scalar_type();
}

template <typename Stored>
bool has_kernels(const PackedShape& shape) {
  return by_winograd<Stored>(shape) || direct_serves<Stored>(shape);
}

bool suits_kernels(const torch::Tensor& features, const torch::nn::Conv2dImpl& convolution) {
  const auto shape = plain_shape(convolution);
  const auto& weight = convolution.weight;
  if (!shape || convolution.bias.defined() || !weight.is_cpu() ||
      weight.scalar_type() != torch::kFloat32 || !is_stored_channels_last(features) ||
      features.size(1) != shape->in || features.numel() == 0) {
    return false;
  }
  switch (type_of_computation(features)) {
    case torch::kFloat32:
      return has_kernels<float>(*shape);
    case torch::kBFloat16:
      return at::autocast::is_autocast_enabled(at::kCPU) && has_kernels<Bfloat16>(*shape);
    default:
      return false;
  }
}

}  // namespace

torch::Tensor trained_convolution(const torch::Tensor& features,
                                  torch::nn::Conv2dImpl& convolution) {
  if (!suits_kernels(features, convolution)) return convolution.forward(features);
  const auto stored = features.to(type_of_computation(features));
  const auto stride = convolution.options.stride()->at(0);
  if (!torch::GradMode::is_enabled()) return convolved(stored, convolution.weight, stride);
  return ConvolutionFunction::apply(stored, convolution.weight, stride);
}

}  // namespace bench::training
