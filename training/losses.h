#pragma once

#include <torch/types.h>

#include <vector>

#include "training/recipe/recipe.h"

namespace bench::training {

/// The loss between restored and target images, both [N, C, H, W] of one shape; a scalar.
/// Computed in float32 at least, whatever precision the network runs in.
torch::Tensor restoration_loss(Loss loss, const torch::Tensor& restored,
                               const torch::Tensor& target);

/// The sum of `restoration_loss` over several outputs (recurrent or supervised-at-depth nets).
torch::Tensor restoration_loss(Loss loss, const std::vector<torch::Tensor>& restored,
                               const torch::Tensor& target);

/// Mean SSIM over images, channels and places: Gaussian window 11x11 of deviation 1.5 with ZERO
/// padding, peak 1, K1 = .01, K2 = .03 (the flavour of the released training codes;
/// differentiable).
torch::Tensor zero_padded_ssim(const torch::Tensor& restored, const torch::Tensor& target);

}  // namespace bench::training
