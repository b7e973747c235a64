#include "baselines/weights/pickle.h"

#include <algorithm>
#include <map>

#include "baselines/weights/pickle_machine.h"
#include "baselines/weights/weights_error.h"

namespace bench::weights {
namespace {

// Deeper than any checkpoint, shallow enough for the stack of this program; it also ends the walk
// through a dictionary that contains itself.
constexpr int kDeepest = 16;
// One dictionary may stand in several places: without these limits a few bytes could mean 10^16
// names, and a long text recalled as a key more memory than there is.
constexpr std::size_t kMostVisits = 100'000;
constexpr std::size_t kLongestName = 1024;

/// A value where only tensors and dictionaries of them may stand.
class ForeignValue : public WeightsError {
 public:
  using WeightsError::WeightsError;
};

ElementType element_type(const std::string& storage_type) {
  static const std::map<std::string, ElementType> types{
      {"torch.FloatStorage", ElementType::kFloat32},
      {"torch.DoubleStorage", ElementType::kFloat64},
      {"torch.HalfStorage", ElementType::kFloat16},
      {"torch.BFloat16Storage", ElementType::kBfloat16},
      {"torch.LongStorage", ElementType::kInt64},
      {"torch.IntStorage", ElementType::kInt32},
      {"torch.ShortStorage", ElementType::kInt16},
      {"torch.CharStorage", ElementType::kInt8},
      {"torch.ByteStorage", ElementType::kUint8},
      {"torch.BoolStorage", ElementType::kBool}};
  return types.at(storage_type);
}

class TensorCollector {
 public:
  explicit TensorCollector(const std::string& where) : where_(where) {}

  /// Adds all tensors of a value. \returns how many. \throws ForeignValue; nothing was added then
  std::size_t collect(const PickleValue& value, const std::string& name) {
    const auto before = found_.size();
    try {
      collect_below(value, name, 0);
      return found_.size() - before;
    } catch (const ForeignValue&) {
      found_.resize(before);
      throw;
    }
  }
  std::vector<PickledTensor> take() { return std::move(found_); }

 private:
  void collect_below(const PickleValue& value, const std::string& name, int depth) {
    if (++visits_ > kMostVisits) {
      throw WeightsError(where_ + ": has more than " + std::to_string(kMostVisits) + " entries");
    }
    if (name.size() > kLongestName) {
      throw WeightsError(where_ + ": a name is longer than " + std::to_string(kLongestName) +
                         " bytes");
    }
    if (const auto* tensor = std::get_if<PickleTensor>(&value.content)) {
      found_.push_back({name, element_type(tensor->storage.type), tensor->storage.key,
                        static_cast<std::uint64_t>(tensor->storage.elements),
                        static_cast<std::uint64_t>(tensor->offset), tensor->shape,
                        tensor->strides});
      return;
    }
    const auto* dict = std::get_if<PickleDict>(&value.content);
    if (dict == nullptr || depth > kDeepest) {
      throw ForeignValue(where_ + ": \"" + name + "\" is " + kind_of(value) +
                         "; expected tensors and dictionaries of tensors only");
    }
    for (const auto& [key, item] : dict->items) {
      const auto* text = std::get_if<std::string>(&key->content);
      if (text == nullptr) {
        throw ForeignValue(where_ + ": in \"" + name + "\" a key is " + kind_of(*key) +
                           "; expected names");
      }
      collect_below(*item, name.empty() ? *text : name + "." + *text, depth + 1);
    }
  }

  const std::string& where_;
  std::vector<PickledTensor> found_;
  std::size_t visits_ = 0;
};

bool has_tensor_at_top(const PickleDict& root) {
  return std::any_of(root.items.begin(), root.items.end(), [](const auto& entry) {
    return std::holds_alternative<PickleTensor>(entry.second->content);
  });
}

// Training programs wrap the state of a network, often beside other things: {"params": {...}},
// {"epoch": 3, "state_dict": {...}, "optimizer": {...}}. The dictionaries of tensors are told apart
// from the rest; which of several is meant only the user knows.
class Wrapper {
 public:
  Wrapper(const std::string& where, const PickleDict& root) : where_(where), collector_(where) {
    for (const auto& [key, item] : root.items) {
      const auto* name = std::get_if<std::string>(&key->content);
      if (name != nullptr) sort_in(*name, *item);
    }
  }

  PickledCheckpoint checkpoint(const DictionaryChoice& choice) {
    PickledCheckpoint read{.passed_over = passed_over_};
    for (const auto& entry : dictionaries_) read.dictionaries.push_back(entry.first);
    TensorCollector collector(where_);
    if (choice.all) {
      for (const auto& [name, value] : dictionaries_) collector.collect(*value, name);
    } else {
      const auto& [name, value] = chosen(choice.key);
      read.taken = name;
      collector.collect(*value, "");
    }
    read.tensors = collector.take();
    return read;
  }

  bool is_empty() const { return dictionaries_.empty(); }

 private:
  using Entry = std::pair<std::string, const PickleValue*>;

  void sort_in(const std::string& name, const PickleValue& value) {
    try {
      if (collector_.collect(value, name) > 0) {
        dictionaries_.emplace_back(name, &value);
        return;
      }
    } catch (const ForeignValue&) {
    }
    passed_over_.push_back(name);
  }

  const Entry& chosen(const std::string& key) const {
    if (key.empty() && dictionaries_.size() == 1) return dictionaries_.front();
    std::string names;
    for (const auto& entry : dictionaries_) {
      if (entry.first == key) return entry;
      names += (names.empty() ? "\"" : ", \"") + entry.first + "\"";
    }
    throw WeightsError(where_ + ": holds tensors in the dictionaries " + names +
                       (key.empty() ? "" : ", none in \"" + key + "\"") +
                       ". Choose one of them with --key");
  }

  const std::string& where_;
  TensorCollector collector_;
  std::vector<Entry> dictionaries_;
  std::vector<std::string> passed_over_;
};

PickledCheckpoint checkpoint_of(const std::string& where, const PickleValue& root,
                                const DictionaryChoice& choice) {
  const auto* dict = std::get_if<PickleDict>(&root.content);
  if (dict != nullptr && !has_tensor_at_top(*dict)) {
    Wrapper wrapper(where, *dict);
    if (!wrapper.is_empty()) return wrapper.checkpoint(choice);
  }
  if (!choice.all && !choice.key.empty()) {
    throw WeightsError(where + ": has no dictionary \"" + choice.key +
                       "\" of tensors to choose by --key");
  }
  TensorCollector collector(where);
  collector.collect(root, "");
  return {.tensors = collector.take()};
}

}  // namespace

PickledCheckpoint read_tensor_pickle(const std::string& where, std::span<const std::byte> pickle,
                                     const DictionaryChoice& choice) {
  PickleMachine machine(where, pickle);
  const auto* root = machine.run();
  auto checkpoint = checkpoint_of(where, *root, choice);
  for (const auto& [key, type] : machine.storage_types()) {
    checkpoint.element_bytes[key] = byte_size(element_type(type));
  }
  checkpoint.bytes = machine.position();
  return checkpoint;
}

}  // namespace bench::weights
