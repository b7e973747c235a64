#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bench::weights {

/// The element types of the safetensors format.
enum class ElementType : std::uint8_t {
  kBool,
  kUint8,
  kInt8,
  kUint16,
  kInt16,
  kFloat16,
  kBfloat16,
  kUint32,
  kInt32,
  kFloat32,
  kUint64,
  kInt64,
  kFloat64
};

/// Bytes of one element.
std::size_t byte_size(ElementType type);

/// The name that a safetensors header carries: "F32", "BF16", "I64", ...
std::string_view to_string(ElementType type);

/// Inverse of `to_string`; nothing for any other text.
std::optional<ElementType> parse_element_type(std::string_view name);

/// One named array whose bytes somebody else owns.
struct TensorView {
  std::string name;
  ElementType type;
  std::vector<std::int64_t> shape;   ///< no entry: a scalar
  std::span<const std::byte> bytes;  ///< little-endian, row-major, not necessarily aligned
};

/// "[64, 1, 3, 3]".
std::string shape_text(std::span<const std::int64_t> shape);

/// Elements of a shape; nothing where an extent is negative or the product leaves 63 bits.
std::optional<std::uint64_t> element_count(std::span<const std::int64_t> shape);

}  // namespace bench::weights
