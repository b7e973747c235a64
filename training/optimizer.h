#pragma once

#include <torch/types.h>

#include <memory>
#include <string>
#include <vector>

#include "training/recipe/recipe.h"
#include "training/state.h"

namespace bench::training {

/// Moves weights by their gradients, all tensors in one fused operation: small networks have
/// hundreds of small tensors, and one operation per tensor costs more than the arithmetic.
/// Equal to torch::optim::Adam and torch::optim::SGD within float rounding.
class Optimizer {
 public:
  virtual ~Optimizer() = default;

  /// One step from the parameters' `.grad()`. A parameter without a gradient stays as it is.
  /// \param gradient_scale  every gradient is multiplied by it first (clipping)
  virtual void step(double learning_rate, double gradient_scale = 1.0) = 0;

  /// The first moments (Adam's means, SGD's momentum buffers), one per parameter; not copies.
  virtual std::vector<torch::Tensor> moments() const = 0;

  /// Appends copies of the moments, named `prefix` + position + kind.
  virtual void append_state(const std::string& prefix, State& state) const = 0;

  /// \throws std::invalid_argument naming a tensor that is missing or of another shape.
  virtual void restore_state(const std::string& prefix, const State& state) = 0;
};

/// \param parameters  leaf tensors; their layout must not change afterwards
std::unique_ptr<Optimizer> make_optimizer(const OptimizerSettings& settings,
                                          std::vector<torch::Tensor> parameters);

}  // namespace bench::training
