#pragma once

#include <torch/types.h>

#include <vector>

#include "training/recipe/recipe.h"

namespace bench::training {

/// While it lives, operations on `device` run in the precision asked for (autocast for bfloat16).
class PrecisionScope {
 public:
  PrecisionScope(Precision precision, torch::Device device);
  ~PrecisionScope();
  PrecisionScope(const PrecisionScope&) = delete;
  PrecisionScope& operator=(const PrecisionScope&) = delete;

 private:
  const torch::DeviceType device_;
  const bool enabled_before_;
  const torch::Dtype dtype_before_;
};

/// The tensor in that layout; [N, C, H, W] only, others come back as they are.
torch::Tensor in_layout(const torch::Tensor& tensor, Layout layout);

/// Gives the convolution weights that layout, in place (the tensors' identity is kept).
void set_layout(const std::vector<torch::Tensor>& parameters, Layout layout);

}  // namespace bench::training
