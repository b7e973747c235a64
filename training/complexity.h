#pragma once

#include <cstdint>
#include <functional>

#include "training/network.h"

namespace bench::training {

/// What one forward pass of a network takes, counted while it runs. The pass is one that LibTorch's
/// own convolutions compute, as it tells of each; what restores may hold less memory.
struct Complexity {
  std::int64_t parameters = 0;        ///< numbers that are trained; not the running statistics
  std::int64_t convolution_macs = 0;  ///< multiply-accumulates; biases and the rest not
  std::int64_t convolution_activations = 0;  ///< values that convolutions put out
  std::int64_t peak_bytes = 0;  ///< most memory held at once above the weights, on its device
};

/// \param image  [N, C, H, W]: the counts are for the whole batch
Complexity complexity(RestorationNetwork& network, const torch::Tensor& image);

/// LibTorch's convolutions that run inside `work` on this thread, transposed ones included; not
/// those of our own kernels (training/kernels).
/// Only `convolution_macs` and `convolution_activations` are filled.
Complexity convolutions_in(const std::function<void()>& work);

/// Most bytes of tensors on that kind of device that `work` held at once on this thread, above
/// those before it. 0 where the allocator does not tell.
std::int64_t peak_bytes(torch::DeviceType device, const std::function<void()>& work);

}  // namespace bench::training
