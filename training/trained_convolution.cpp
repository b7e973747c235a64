#include "training/trained_convolution.h"

#include <ATen/autocast_mode.h>
#include <torch/torch.h>

#include "training/aligned_buffer.h"
#include "training/plain_convolution.h"
#include "training/stored_values.h"
#include "training/winograd_convolution.h"

namespace bench::training {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

Pictures pictures_of(const torch::Tensor& features) {
  return {features.size(0), features.size(2), features.size(3)};
}

torch::Tensor empty_pictures(const torch::Tensor& like, std::int64_t channels) {
  return torch::empty({like.size(0), channels, like.size(2), like.size(3)},
                      like.options().memory_format(torch::MemoryFormat::ChannelsLast));
}

/// [9][in][out] of weights [out, in, 3, 3] in any memory order.
AlignedBuffer<float> forward_taps(const torch::Tensor& weight) {
  const auto out = weight.size(0), in = weight.size(1);
  AlignedBuffer<float> taps(9 * in * out);
  const float* values = weight.const_data_ptr<float>();
  constexpr std::int64_t kBlock = 16;  // so that lines read are in the cache until they are used up
  for (std::int64_t tap = 0; tap < 9; ++tap) {
    const float* from = values + tap / 3 * weight.stride(2) + tap % 3 * weight.stride(3);
    float* to = taps.get() + tap * in * out;
    for (std::int64_t first = 0; first < out; first += kBlock) {
      for (std::int64_t c = 0; c < in; ++c) {
        for (auto o = first; o < first + kBlock; ++o) {
          to[c * out + o] = from[o * weight.stride(0) + c * weight.stride(1)];
        }
      }
    }
  }
  return taps;
}

/// [9][out][in], turned by half: the gradient by the features is a convolution with these.
AlignedBuffer<float> backward_taps(const torch::Tensor& weight) {
  const auto out = weight.size(0), in = weight.size(1);
  AlignedBuffer<float> taps(9 * in * out);
  const float* values = weight.const_data_ptr<float>();
  for (std::int64_t tap = 0; tap < 9; ++tap) {
    const auto turned = 8 - tap;
    const float* from = values + turned / 3 * weight.stride(2) + turned % 3 * weight.stride(3);
    float* to = taps.get() + tap * in * out;
    for (std::int64_t o = 0; o < out; ++o) {
      for (std::int64_t c = 0; c < in; ++c) {
        to[o * in + c] = from[o * weight.stride(0) + c * weight.stride(1)];
      }
    }
  }
  return taps;
}

torch::Tensor convolved(const torch::Tensor& features, const torch::Tensor& weight) {
  const auto results = empty_pictures(features, weight.size(0));
  const auto taps = forward_taps(weight);
  with_stored_type(features, [&](auto type) {
    using Stored = decltype(type);
    winograd_convolve(pictures_of(features), weight.size(1), weight.size(0),
                      values_of<Stored>(features), taps.get(), places_of<Stored>(results));
  });
  return results;
}

torch::Tensor gradient_by_features(const torch::Tensor& slopes, const torch::Tensor& weight) {
  const auto gradient = empty_pictures(slopes, weight.size(1));
  const auto taps = backward_taps(weight);
  with_stored_type(slopes, [&](auto type) {
    using Stored = decltype(type);
    winograd_convolve(pictures_of(slopes), weight.size(0), weight.size(1),
                      values_of<Stored>(slopes), taps.get(), places_of<Stored>(gradient));
  });
  return gradient;
}

torch::Tensor gradient_by_weight(const torch::Tensor& slopes, const torch::Tensor& features,
                                 const torch::Tensor& weight) {
  const auto gradient = torch::empty(
      weight.sizes(), weight.options().memory_format(torch::MemoryFormat::ChannelsLast));
  with_stored_type(features, [&](auto type) {
    using Stored = decltype(type);
    winograd_gradient_by_weights(pictures_of(features), weight.size(1), weight.size(0),
                                 values_of<Stored>(features), values_of<Stored>(slopes),
                                 gradient.mutable_data_ptr<float>());
  });
  return gradient;
}

class WinogradFunction : public torch::autograd::Function<WinogradFunction> {
 public:
  static torch::Tensor forward(AutogradContext* context, const torch::Tensor& features,
                               const torch::Tensor& weight) {
    context->save_for_backward({features, weight});
    return convolved(features, weight);
  }

  static variable_list backward(AutogradContext* context, variable_list slopes) {
    const auto saved = context->get_saved_variables();
    variable_list result(2);
    if (!slopes[0].defined()) return result;
    const auto given =
        slopes[0].to(saved[0].scalar_type()).contiguous(torch::MemoryFormat::ChannelsLast);
    if (context->needs_input_grad(0)) result[0] = gradient_by_features(given, saved[1]);
    if (context->needs_input_grad(1)) result[1] = gradient_by_weight(given, saved[0], saved[1]);
    return result;
  }
};

/// What the convolution is computed in: autocast's choice, else the features' own type.
torch::Dtype type_of_computation(const torch::Tensor& features) {
  return at::autocast::is_autocast_enabled(at::kCPU) ? at::autocast::get_autocast_dtype(at::kCPU)
                                                     : features.scalar_type();
}

bool suits_kernels(const torch::Tensor& features, const torch::nn::Conv2dImpl& convolution) {
  const auto shape = plain_shape(convolution);
  const auto& weight = convolution.weight;
  if (!shape || shape->kernel != 3 || shape->stride != 1 || convolution.bias.defined() ||
      !weight.is_cpu() || weight.scalar_type() != torch::kFloat32 ||
      !is_stored_channels_last(features) || features.size(1) != shape->in ||
      features.numel() == 0) {
    return false;
  }
  switch (type_of_computation(features)) {
    case torch::kFloat32:
      return winograd_serves<float>(shape->in, shape->out);
    case torch::kBFloat16:
      return at::autocast::is_autocast_enabled(at::kCPU) &&
             winograd_serves<Bfloat16>(shape->in, shape->out);
    default:
      return false;
  }
}

}  // namespace

torch::Tensor trained_convolution(const torch::Tensor& features,
                                  torch::nn::Conv2dImpl& convolution) {
  if (!suits_kernels(features, convolution)) return convolution.forward(features);
  const auto stored = features.to(type_of_computation(features));
  if (!torch::GradMode::is_enabled()) return convolved(stored, convolution.weight);
  return WinogradFunction::apply(stored, convolution.weight);
}

}  // namespace bench::training
