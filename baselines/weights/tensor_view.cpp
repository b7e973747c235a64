#include "baselines/weights/tensor_view.h"

#include <algorithm>
#include <array>
#include <limits>

namespace bench::weights {
namespace {

struct ElementTypeRow {
  ElementType type;
  std::string_view name;
  std::size_t bytes;
};

constexpr std::array<ElementTypeRow, 13> kElementTypes{{
    {ElementType::kBool, "BOOL", 1},
    {ElementType::kUint8, "U8", 1},
    {ElementType::kInt8, "I8", 1},
    {ElementType::kUint16, "U16", 2},
    {ElementType::kInt16, "I16", 2},
    {ElementType::kFloat16, "F16", 2},
    {ElementType::kBfloat16, "BF16", 2},
    {ElementType::kUint32, "U32", 4},
    {ElementType::kInt32, "I32", 4},
    {ElementType::kFloat32, "F32", 4},
    {ElementType::kUint64, "U64", 8},
    {ElementType::kInt64, "I64", 8},
    {ElementType::kFloat64, "F64", 8},
}};

// The rows stand in the order of the enumerators.
const ElementTypeRow& row_of(ElementType type) {
  return kElementTypes.at(static_cast<std::size_t>(type));
}

}  // namespace

std::size_t byte_size(ElementType type) {
  return row_of(type).bytes;
}

std::string_view to_string(ElementType type) {
  return row_of(type).name;
}

std::optional<ElementType> parse_element_type(std::string_view name) {
  const auto row =
      std::find_if(kElementTypes.begin(), kElementTypes.end(),
                   [&](const ElementTypeRow& candidate) { return candidate.name == name; });
  if (row == kElementTypes.end()) return std::nullopt;
  return row->type;
}

std::string shape_text(std::span<const std::int64_t> shape) {
  std::string text = "[";
  for (std::size_t i = 0; i < shape.size(); ++i) {
    text += (i == 0 ? "" : ", ") + std::to_string(shape[i]);
  }
  return text + "]";
}

std::optional<std::uint64_t> element_count(std::span<const std::int64_t> shape) {
  constexpr auto kLimit = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (std::any_of(shape.begin(), shape.end(), [](std::int64_t extent) { return extent < 0; })) {
    return std::nullopt;
  }
  // A zero anywhere makes the product zero, whatever the other extents are.
  if (std::find(shape.begin(), shape.end(), 0) != shape.end()) return 0;
  std::uint64_t count = 1;
  for (const auto extent : shape) {
    const auto wide = static_cast<std::uint64_t>(extent);
    if (count > kLimit / wide) return std::nullopt;
    count *= wide;
  }
  return count;
}

}  // namespace bench::weights
