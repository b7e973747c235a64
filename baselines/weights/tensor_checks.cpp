#include "baselines/weights/tensor_checks.h"

#include <algorithm>
#include <cstring>
#include <map>

#include "baselines/weights/weights_error.h"

namespace bench::weights {
namespace {

/// Finds the first element whose exponent bits are all set: NaN or infinity in every IEEE format.
template <typename Bits>
std::optional<std::size_t> first_not_finite(std::span<const std::byte> bytes, Bits exponent) {
  for (std::size_t i = 0; i + sizeof(Bits) <= bytes.size(); i += sizeof(Bits)) {
    Bits bits;
    std::memcpy(&bits, bytes.data() + i, sizeof(Bits));
    if ((bits & exponent) == exponent) return i / sizeof(Bits);
  }
  return std::nullopt;
}

std::optional<std::size_t> first_not_finite(const TensorView& tensor) {
  switch (tensor.type) {
    case ElementType::kFloat16:
      return first_not_finite<std::uint16_t>(tensor.bytes, 0x7C00);
    case ElementType::kBfloat16:
      return first_not_finite<std::uint16_t>(tensor.bytes, 0x7F80);
    case ElementType::kFloat32:
      return first_not_finite<std::uint32_t>(tensor.bytes, 0x7F800000);
    case ElementType::kFloat64:
      return first_not_finite<std::uint64_t>(tensor.bytes, 0x7FF0000000000000);
    default:
      return std::nullopt;
  }
}

/// The first few names and how many there are in all.
std::string listed(const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 5;
  std::string text;
  for (std::size_t i = 0; i < std::min(kShown, names.size()); ++i) text += " \"" + names[i] + "\"";
  if (names.size() > kShown) text += " and " + std::to_string(names.size() - kShown) + " more";
  return text;
}

}  // namespace

void require_finite(const std::string& where, std::span<const TensorView> tensors) {
  for (const auto& tensor : tensors) {
    if (const auto index = first_not_finite(tensor)) {
      throw WeightsError(where + ": tensor \"" + tensor.name + "\": element " +
                         std::to_string(*index) +
                         " is NaN or infinite; such weights restore nothing");
    }
  }
}

void require_tensors(const std::string& where, std::span<const TensorView> tensors,
                     std::span<const ExpectedTensor> expected) {
  std::map<std::string, const TensorView*> found;
  for (const auto& tensor : tensors) found.emplace(tensor.name, &tensor);
  std::vector<std::string> missing;
  for (const auto& wanted : expected) {
    const auto match = found.find(wanted.name);
    if (match == found.end()) {
      missing.push_back(wanted.name);
      continue;
    }
    if (match->second->shape != wanted.shape) {
      throw WeightsError(where + ": tensor \"" + wanted.name + "\": expected shape " +
                         shape_text(wanted.shape) + ", found " + shape_text(match->second->shape));
    }
    found.erase(match);
  }
  std::vector<std::string> extra;
  for (const auto& [name, tensor] : found) extra.push_back(name);
  if (missing.empty() && extra.empty()) return;
  std::string message = where + ": the tensors are not those of this network:";
  if (!missing.empty()) message += " missing" + listed(missing) + ";";
  if (!extra.empty()) message += " not expected" + listed(extra) + ";";
  message.back() = '.';
  throw WeightsError(message);
}

}  // namespace bench::weights
