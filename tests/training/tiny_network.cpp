#include "tiny_network.h"

#include "training/fold.h"

namespace bench::training {

TinyNetwork::TinyNetwork(std::uint64_t seed, bool normalized) {
  first_ = register_module(
      "first", torch::nn::Conv2d(torch::nn::Conv2dOptions(1, 6, 3).padding(1).bias(!normalized)));
  if (normalized) norm_ = register_module("norm", torch::nn::BatchNorm2d(6));
  last_ = register_module("last", torch::nn::Conv2d(torch::nn::Conv2dOptions(6, 1, 3).padding(1)));
  auto generator = at::make_generator<at::CPUGeneratorImpl>(seed);
  torch::NoGradGuard no_grad;
  for (auto& parameter : parameters()) {
    if (parameter.dim() == 4) parameter.normal_(0.0, 0.2, generator);
  }
  for (auto& entry : named_parameters()) {
    // LibTorch draws biases from its global generator.
    if (entry.key().ends_with("bias")) entry.value().zero_();
  }
}

torch::Tensor TinyNetwork::forward(const torch::Tensor& degraded) {
  const auto convolved = first_->forward(degraded);
  const auto features =
      norm_.is_empty() ? torch::relu(convolved) : batch_norm(convolved, *norm_, {}, true);
  return last_->forward(features);
}

std::shared_ptr<RestorationNetwork> TinyNetwork::folded() {
  if (norm_.is_empty()) return nullptr;
  auto plain = std::make_shared<TinyNetwork>(0, false);
  plain->eval();
  fold_batch_norms(*this, *plain);
  return plain;
}

Batch noisy_batch(std::int64_t step) {
  auto generator = at::make_generator<at::CPUGeneratorImpl>(static_cast<std::uint64_t>(step + 100));
  const auto line = torch::linspace(0, 1, 16);
  const auto target = (line.view({1, 1, 16, 1}) * line).expand({3, 1, 16, 16}).contiguous();
  return {target + 0.2 * torch::randn(target.sizes(), generator), target};
}

}  // namespace bench::training
