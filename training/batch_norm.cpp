#include "training/batch_norm.h"

#include <torch/autograd.h>
#include <torch/nn/modules/batchnorm.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <cmath>

#include "training/kernels/rectified_affine.h"
#include "training/kernels/stored_tensor.h"

namespace bench::training {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

PixelRows rows_of(const torch::Tensor& features) {
  return {features.numel() / features.size(1), features.size(1)};
}

/// One float32 a channel.
torch::Tensor channel_constants(const torch::Tensor& like) {
  return torch::empty({like.size(1)}, torch::kFloat32);
}

/// mean and 1 / sqrt(variance + eps) that the layer normalizes by. In training mode they are the
/// batch's, and the running statistics move towards it.
std::pair<torch::Tensor, torch::Tensor> statistics(const torch::Tensor& features,
                                                   torch::nn::BatchNorm2dImpl& norm) {
  const auto shape = rows_of(features);
  const auto mean = channel_constants(features), inverse = channel_constants(features);
  auto* means = mean.mutable_data_ptr<float>();
  auto* inverses = inverse.mutable_data_ptr<float>();
  auto* running_mean = norm.running_mean.mutable_data_ptr<float>();
  auto* running_variance = norm.running_var.mutable_data_ptr<float>();
  const double eps = norm.options.eps();
  if (!norm.is_training()) {
    for (std::int64_t c = 0; c < shape.channels; ++c) {
      means[c] = running_mean[c];
      inverses[c] = static_cast<float>(1.0 / std::sqrt(running_variance[c] + eps));
    }
    return {mean, inverse};
  }
  std::vector<double> moments(static_cast<std::size_t>(2 * shape.channels));
  auto* variances = moments.data() + shape.channels;
  with_stored_type(features, [&](auto type) {
    channel_moments(shape, values_of<decltype(type)>(features), moments.data(), variances);
  });
  const double momentum = norm.options.momentum().value_or(0.1);
  const double unbiased = static_cast<double>(shape.rows) /
                          static_cast<double>(std::max<std::int64_t>(1, shape.rows - 1));
  for (std::int64_t c = 0; c < shape.channels; ++c) {
    means[c] = static_cast<float>(moments[static_cast<std::size_t>(c)]);
    inverses[c] = static_cast<float>(1.0 / std::sqrt(variances[c] + eps));
    running_mean[c] += static_cast<float>(momentum * (means[c] - running_mean[c]));
    running_variance[c] +=
        static_cast<float>(momentum * (variances[c] * unbiased - running_variance[c]));
  }
  return {mean, inverse};
}

torch::Tensor fused_forward(const torch::Tensor& features, const torch::Tensor& weight,
                            const torch::Tensor& bias, const torch::Tensor& mean,
                            const torch::Tensor& inverse, const torch::Tensor& residual,
                            bool relu) {
  const auto shape = rows_of(features);
  std::vector<float> scale(static_cast<std::size_t>(shape.channels)), shift(scale.size());
  for (std::size_t c = 0; c < scale.size(); ++c) {
    scale[c] = weight.const_data_ptr<float>()[c] * inverse.const_data_ptr<float>()[c];
    shift[c] = bias.const_data_ptr<float>()[c] - mean.const_data_ptr<float>()[c] * scale[c];
  }
  const auto out = torch::empty_like(features);
  with_stored_type(features, [&](auto type) {
    using Stored = decltype(type);
    affine_forward(shape, values_of<Stored>(features), scale.data(), shift.data(),
                   values_of<Stored>(residual), relu, places_of<Stored>(out));
  });
  return out;
}

/// One node of the graph for normalize, add and rectify.
class FusedBatchNorm : public torch::autograd::Function<FusedBatchNorm> {
 public:
  static torch::Tensor forward(AutogradContext* context, const torch::Tensor& features,
                               const torch::Tensor& weight, const torch::Tensor& bias,
                               const torch::Tensor& mean, const torch::Tensor& inverse,
                               const std::optional<torch::Tensor>& residual, bool relu,
                               bool batch_statistics) {
    auto out = fused_forward(features, weight, bias, mean, inverse,
                             residual.value_or(torch::Tensor()), relu);
    // Without relu the output is not needed, and its user may write into it.
    context->save_for_backward({features, weight, mean, inverse, relu ? out : torch::Tensor()});
    context->saved_data["relu"] = relu;
    context->saved_data["has_residual"] = residual.has_value();
    context->saved_data["batch_statistics"] = batch_statistics;
    return out;
  }

  static variable_list backward(AutogradContext* context, variable_list slopes) {
    const auto saved = context->get_saved_variables();
    const auto& features = saved[0];
    const bool batch_statistics = context->saved_data["batch_statistics"].toBool();
    auto gradient = slopes[0].contiguous(torch::MemoryFormat::ChannelsLast);
    if (context->saved_data["relu"].toBool()) {
      const auto rectified = torch::empty_like(features);
      with_stored_type(features, [&](auto type) {
        using Stored = decltype(type);
        rectified_gradient(features.numel(), values_of<Stored>(gradient),
                           values_of<Stored>(saved[4]), places_of<Stored>(rectified));
      });
      gradient = rectified;
    }
    const bool to_affine = context->needs_input_grad(1) || context->needs_input_grad(2);
    const bool to_features = context->needs_input_grad(0);
    const auto shape = rows_of(features);
    std::vector<double> sums(static_cast<std::size_t>(2 * shape.channels), 0.0);
    if (to_affine || batch_statistics) {
      with_stored_type(features, [&](auto type) {
        using Stored = decltype(type);
        gradient_sums(shape, values_of<Stored>(gradient), values_of<Stored>(features),
                      saved[2].const_data_ptr<float>(), sums.data(), sums.data() + shape.channels);
      });
    }
    variable_list result(8);
    if (to_features) result[0] = to_input(shape, gradient, saved, sums, batch_statistics);
    if (to_affine) {
      result[1] = channel_constants(features);
      result[2] = channel_constants(features);
      for (std::int64_t c = 0; c < shape.channels; ++c) {
        result[1].mutable_data_ptr<float>()[c] =
            static_cast<float>(sums[static_cast<std::size_t>(shape.channels + c)] *
                               saved[3].const_data_ptr<float>()[c]);
        result[2].mutable_data_ptr<float>()[c] =
            static_cast<float>(sums[static_cast<std::size_t>(c)]);
      }
    }
    const bool has_residual = context->saved_data["has_residual"].toBool();
    if (has_residual && context->needs_input_grad(5)) result[5] = gradient;
    return result;
  }

 private:
  /// dx = s (g - mean(g) - (x - m) i^2 mean(g (x - m))), s = weight i; with fixed statistics s g.
  static torch::Tensor to_input(const PixelRows& shape, const torch::Tensor& gradient,
                                const variable_list& saved, const std::vector<double>& sums,
                                bool batch_statistics) {
    const auto channels = static_cast<std::size_t>(shape.channels);
    std::vector<float> a(channels), b(channels, 0.0F), d(channels, 0.0F);
    const double count = static_cast<double>(shape.rows);
    for (std::size_t c = 0; c < channels; ++c) {
      const double inverse = saved[3].const_data_ptr<float>()[c];
      const double scale = saved[1].const_data_ptr<float>()[c] * inverse;
      a[c] = static_cast<float>(scale);
      if (!batch_statistics) continue;
      const double mean = saved[2].const_data_ptr<float>()[c];
      const double slope = scale * inverse * inverse * sums[channels + c] / count;
      b[c] = static_cast<float>(-slope);
      d[c] = static_cast<float>(slope * mean - scale * sums[c] / count);
    }
    const auto out = torch::empty_like(saved[0]);
    with_stored_type(saved[0], [&](auto type) {
      using Stored = decltype(type);
      affine_backward(shape, values_of<Stored>(gradient), values_of<Stored>(saved[0]), a.data(),
                      b.data(), d.data(), places_of<Stored>(out));
    });
    return out;
  }
};

/// The kernels are single-threaded: for large tensors on several threads LibTorch's are better.
constexpr std::int64_t kLargestForOneThread = 1 << 18;

bool fits_kernels(const torch::Tensor& features, const torch::nn::BatchNorm2dImpl& norm,
                  const torch::Tensor& residual) {
  const auto alike = [&](const torch::Tensor& other) {
    return is_stored_channels_last(other) && other.sizes() == features.sizes() &&
           other.scalar_type() == features.scalar_type();
  };
  return is_stored_channels_last(features) && norm.weight.scalar_type() == torch::kFloat32 &&
         features.numel() > 0 && (!residual.defined() || alike(residual)) &&
         (at::get_num_threads() == 1 || features.numel() <= kLargestForOneThread);
}

torch::Tensor plain_batch_norm(const torch::Tensor& features, torch::nn::BatchNorm2dImpl& norm,
                               const torch::Tensor& residual, bool relu) {
  auto normalized =
      at::batch_norm(features, norm.weight, norm.bias, norm.running_mean, norm.running_var,
                     norm.is_training(), norm.options.momentum().value_or(0.1), norm.options.eps(),
                     at::globalContext().userEnabledCuDNN());
  // In place where autograd permits: the backward of batch_norm needs its input, not its output.
  if (residual.defined()) normalized.add_(residual);
  if (relu) normalized.relu_();
  return normalized;
}

}  // namespace

torch::Tensor batch_norm(const torch::Tensor& features, torch::nn::BatchNorm2dImpl& norm,
                         const torch::Tensor& residual, bool relu) {
  if (norm.is_training()) norm.num_batches_tracked.add_(1);
  if (!fits_kernels(features, norm, residual)) {
    return plain_batch_norm(features, norm, residual, relu);
  }
  const auto [mean, inverse] = statistics(features, norm);
  if (!torch::GradMode::is_enabled()) {
    return fused_forward(features, norm.weight, norm.bias, mean, inverse, residual, relu);
  }
  // An undefined tensor may not go into the graph; an absent one may.
  const auto added = residual.defined() ? std::make_optional(residual) : std::nullopt;
  return FusedBatchNorm::apply(features, norm.weight, norm.bias, mean, inverse, added, relu,
                               norm.is_training());
}

}  // namespace bench::training
