#pragma once

#include <torch/types.h>

#include "training/kernels/stored_values.h"

// Apart from stored_values.h, so that the kernels themselves are compiled without LibTorch's
// headers.
namespace bench::training {

/// Whether the values lie channels-last, and are meant to: one channel lies in memory alike in both
/// layouts, and its strides say which of them it is (training/precision.h, in_layout).
inline bool is_channels_last(const torch::Tensor& tensor) {
  return tensor.is_contiguous(torch::MemoryFormat::ChannelsLast) &&
         (tensor.size(1) > 1 ||
          tensor.suggest_memory_format() == torch::MemoryFormat::ChannelsLast);
}

/// Whether kernels for stored values take this tensor: float32 or bfloat16, on the CPU,
/// channels-last.
inline bool is_stored_channels_last(const torch::Tensor& tensor) {
  return tensor.is_cpu() &&
         (tensor.scalar_type() == torch::kFloat32 || tensor.scalar_type() == torch::kBFloat16) &&
         is_channels_last(tensor);
}

/// Calls `work` with a value of the type that the tensor stores: float or Bfloat16.
template <typename Work>
void with_stored_type(const torch::Tensor& tensor, const Work& work) {
  tensor.scalar_type() == torch::kBFloat16 ? work(Bfloat16{}) : work(float{});
}

template <typename Stored>
const Stored* values_of(const torch::Tensor& tensor) {
  return tensor.defined() ? static_cast<const Stored*>(tensor.const_data_ptr()) : nullptr;
}

template <typename Stored>
Stored* places_of(const torch::Tensor& tensor) {
  return static_cast<Stored*>(tensor.mutable_data_ptr());
}

}  // namespace bench::training
