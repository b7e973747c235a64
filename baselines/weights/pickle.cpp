#include "baselines/weights/pickle.h"

#include <map>

#include "baselines/weights/pickle_machine.h"
#include "baselines/weights/weights_error.h"

namespace bench::weights {
namespace {

// Deeper than any checkpoint, shallow enough for the stack of this program; it also ends the walk
// through a dictionary that contains itself.
constexpr int kDeepest = 16;
// One dictionary may stand in several places: without a limit a few bytes could mean 10^16 names.
constexpr std::size_t kMostVisits = 100'000;

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

  void collect(const PickleValue& value, const std::string& name, int depth) {
    if (++visits_ > kMostVisits) {
      throw WeightsError(where_ + ": has more than " + std::to_string(kMostVisits) + " entries");
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
      throw WeightsError(where_ + ": \"" + name + "\" is " + kind_of(value) +
                         "; expected tensors and dictionaries of tensors only");
    }
    for (const auto& [key, item] : dict->items) {
      const auto* text = std::get_if<std::string>(&key->content);
      if (text == nullptr) {
        throw WeightsError(where_ + ": in \"" + name + "\" a key is " + kind_of(*key) +
                           "; expected names");
      }
      collect(*item, name.empty() ? *text : name + "." + *text, depth + 1);
    }
  }
  std::vector<PickledTensor> take() { return std::move(found_); }

 private:
  const std::string& where_;
  std::vector<PickledTensor> found_;
  std::size_t visits_ = 0;
};

}  // namespace

std::vector<PickledTensor> read_tensor_pickle(const std::string& where,
                                              std::span<const std::byte> pickle) {
  PickleMachine machine(where, pickle);
  const auto* root = machine.run();
  TensorCollector collector(where);
  collector.collect(*root, "", 0);
  return collector.take();
}

}  // namespace bench::weights
