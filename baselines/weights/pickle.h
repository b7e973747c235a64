#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "baselines/weights/tensor_view.h"

namespace bench::weights {

/// A tensor as a pickle describes it: a strided window into a storage kept elsewhere.
struct PickledTensor {
  std::string name;  ///< keys from the root on, joined by dots
  ElementType type;
  std::string storage;  ///< key of the storage's file in the archive
  std::uint64_t storage_elements;
  std::uint64_t offset;  ///< in elements
  std::vector<std::int64_t> shape;
  std::vector<std::int64_t> strides;  ///< in elements
};

/// Reads the pickle (protocol 2) that torch.save writes for dictionaries of tensors, in order.
/// Nothing is executed: an opcode outside a fixed list, or a global other than OrderedDict,
/// torch._utils._rebuild_tensor_v2, torch._utils._rebuild_parameter and torch's storage types, is
/// refused.
/// \throws WeightsError naming the opcode and its offset, the global, or the value that is neither
///         a tensor nor a dictionary of them.
std::vector<PickledTensor> read_tensor_pickle(const std::string& where,
                                              std::span<const std::byte> pickle);

}  // namespace bench::weights
