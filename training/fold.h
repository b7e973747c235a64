#pragma once

#include <torch/nn/module.h>

namespace bench::training {

/// Fills `folded` with the weights of `network`, whose batch normalizations (evaluation mode) go
/// into the convolutions before them: w' = w g / sqrt(v + eps), b' = beta + (b - m) g / sqrt(v +
/// eps).
///
/// The two networks have their convolutions in the same order of registration and of the same
/// shapes; in `network` a batch normalization belongs to the convolution registered before it.
/// \throws std::invalid_argument naming the first convolution without a counterpart, or one
///         that would need a bias and has none
void fold_batch_norms(const torch::nn::Module& network, torch::nn::Module& folded);

}  // namespace bench::training
