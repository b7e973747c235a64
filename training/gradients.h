#pragma once

#include <torch/types.h>

#include <vector>

namespace bench::training {

/// The 2-norm over all gradients of these parameters together, summed in double on a CPU.
/// Not finite if any of them is not; 0 without gradients.
double gradient_norm(const std::vector<torch::Tensor>& parameters);

/// The factor that brings a gradient of this norm to the limit; 1 if it is within (or limit is 0).
/// As torch::nn::utils::clip_grad_norm_: limit / (norm + 1e-6).
double clipping_scale(double norm, double limit);

/// Forgets the gradients, so that the next backward pass need not add to them.
void clear_gradients(const std::vector<torch::Tensor>& parameters);

/// Whether every value is finite.
bool all_finite(const std::vector<torch::Tensor>& tensors);

}  // namespace bench::training
