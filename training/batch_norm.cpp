#include "training/batch_norm.h"

#include <torch/torch.h>

namespace bench::training {

torch::Tensor batch_norm(const torch::Tensor& features, torch::nn::BatchNorm2dImpl& norm,
                         const torch::Tensor& residual, bool relu) {
  const bool training = norm.is_training();
  if (training) norm.num_batches_tracked.add_(1);
  auto normalised =
      at::batch_norm(features, norm.weight, norm.bias, norm.running_mean, norm.running_var,
                     training, norm.options.momentum().value_or(0.1), norm.options.eps(),
                     at::globalContext().userEnabledCuDNN());
  // In place where autograd permits: the backward of batch_norm needs its input, not its output.
  if (residual.defined()) normalised.add_(residual);
  if (relu) normalised.relu_();
  return normalised;
}

}  // namespace bench::training
