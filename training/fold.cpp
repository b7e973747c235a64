#include "training/fold.h"

#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/conv.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <stdexcept>

namespace bench::training {
namespace {

struct Pair {
  std::string name;
  torch::nn::Conv2dImpl* convolution;
  torch::nn::BatchNorm2dImpl* norm;  ///< null: none follows
};

std::vector<Pair> convolutions_of(const torch::nn::Module& network) {
  std::vector<Pair> pairs;
  for (const auto& entry : network.named_modules("", /*include_self=*/false)) {
    if (auto* convolution = entry.value()->as<torch::nn::Conv2dImpl>()) {
      pairs.push_back({entry.key(), convolution, nullptr});
    } else if (auto* norm = entry.value()->as<torch::nn::BatchNorm2dImpl>()) {
      if (!pairs.empty()) pairs.back().norm = norm;
    }
  }
  return pairs;
}

void fold(const Pair& from, const Pair& to) {
  const auto& source = *from.convolution;
  const auto& norm = *from.norm;
  const auto scale = norm.weight * torch::rsqrt(norm.running_var + norm.options.eps());
  const auto shift = source.bias.defined() ? source.bias - norm.running_mean : -norm.running_mean;
  to.convolution->weight.copy_(source.weight * scale.view({-1, 1, 1, 1}));
  to.convolution->bias.copy_(norm.bias + shift * scale);
}

}  // namespace

void fold_batch_norms(const torch::nn::Module& network, torch::nn::Module& folded) {
  torch::NoGradGuard no_grad;
  const auto from = convolutions_of(network);
  const auto to = convolutions_of(folded);
  for (std::size_t i = 0; i < from.size() || i < to.size(); ++i) {
    const auto name = i < from.size() ? from[i].name : to[i].name;
    const bool alike = i < from.size() && i < to.size() &&
                       from[i].convolution->weight.sizes() == to[i].convolution->weight.sizes();
    const auto needs_bias = alike && (from[i].norm || from[i].convolution->bias.defined());
    if (!alike || (needs_bias && !to[i].convolution->bias.defined())) {
      throw std::invalid_argument("fold_batch_norms: convolution \"" + name +
                                  "\" has no counterpart of its shape (with a bias where needed)");
    }
    if (from[i].norm) {
      fold(from[i], to[i]);
    } else {
      to[i].convolution->weight.copy_(from[i].convolution->weight);
      if (needs_bias) to[i].convolution->bias.copy_(from[i].convolution->bias);
    }
  }
}

}  // namespace bench::training
