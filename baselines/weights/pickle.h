#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "baselines/weights/tensor_view.h"

namespace bench::weights {

/// A tensor as a pickle describes it: a strided window into a storage kept elsewhere.
struct PickledTensor {
  std::string name;  ///< keys from the dictionary that was taken on, joined by dots
  ElementType type;
  std::string storage;  ///< key of the storage in the file
  std::uint64_t storage_elements;
  std::uint64_t offset;  ///< in elements
  std::vector<std::int64_t> shape;
  std::vector<std::int64_t> strides;  ///< in elements
};

/// Which dictionary is read of a checkpoint that holds several.
struct DictionaryChoice {
  std::string key = {};  ///< empty: the only one
  bool all = false;      ///< every one, names with their dictionary's; `key` is not looked at
};

/// What was read of a checkpoint. Where tensors stand at the top there is nothing to choose, and
/// `taken`, `dictionaries` and `passed_over` are empty.
struct PickledCheckpoint {
  std::vector<PickledTensor> tensors = {};
  std::string taken = {};                      ///< the key of the dictionary that was taken
  std::vector<std::string> dictionaries = {};  ///< keys at the top that hold tensors
  std::vector<std::string> passed_over = {};   ///< the other keys: epochs, optimizers, ...
  std::map<std::string, std::size_t> element_bytes = {};  ///< of each storage, by its key
  std::size_t bytes = 0;                                  ///< of the pickle, STOP included
};

/// Reads the pickle (protocol 2) that torch.save writes for dictionaries of tensors, in order.
/// Nothing is executed: an opcode outside a fixed list, or a global other than OrderedDict,
/// torch._utils._rebuild_tensor_v2 and its forerunner, torch._utils._rebuild_parameter and torch's
/// storage types, is refused.
/// \throws WeightsError naming the opcode and its offset, the global, the value that is neither a
///         tensor nor a dictionary of them, or the dictionaries of which one must be chosen.
PickledCheckpoint read_tensor_pickle(const std::string& where, std::span<const std::byte> pickle,
                                     const DictionaryChoice& choice = {});

}  // namespace bench::weights
