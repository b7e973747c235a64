#pragma once

#include <torch/nn/module.h>
#include <torch/types.h>

#include <cstdint>
#include <memory>
#include <vector>

namespace bench::training {

/// A network that maps a degraded image to a restored one.
class RestorationNetwork : public torch::nn::Module {
 public:
  /// \param degraded  [N, C, H, W], values around [0, 1]; H and W multiples of `side_multiple()`.
  /// \returns [N, C, H, W], NOT clamped.
  virtual torch::Tensor forward(const torch::Tensor& degraded) = 0;

  /// Every output that the training loss looks at, the restored image last.
  virtual std::vector<torch::Tensor> forward_all(const torch::Tensor& degraded) {
    return {forward(degraded)};
  }

  /// Height and width must be multiples of it (2^(resolutions - 1) for a pyramid).
  virtual std::int64_t side_multiple() const { return 1; }

  /// The same function in evaluation mode with its batch normalizations folded into the
  /// convolutions, as a network of its own whose weights ask for no gradient (they are final);
  /// null where there is no such form.
  virtual std::shared_ptr<RestorationNetwork> folded() { return nullptr; }
};

}  // namespace bench::training
