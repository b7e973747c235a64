#include "baselines/weights/tensor_summary.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace bench::weights {
namespace {

double from_half(std::uint16_t bits) {
  const int exponent = (bits >> 10) & 0x1F;
  const int fraction = bits & 0x3FF;
  const double sign = (bits & 0x8000) != 0 ? -1.0 : 1.0;
  if (exponent == 0x1F) {
    return fraction == 0 ? sign * std::numeric_limits<double>::infinity()
                         : std::numeric_limits<double>::quiet_NaN();
  }
  if (exponent == 0) return sign * std::ldexp(fraction, -24);
  return sign * std::ldexp(fraction + 0x400, exponent - 25);
}

double from_bfloat16(std::uint16_t bits) {
  const std::uint32_t wide = static_cast<std::uint32_t>(bits) << 16;
  float value;
  std::memcpy(&value, &wide, sizeof(value));
  return value;
}

template <typename Stored, typename Value>
TensorSummary summary(std::span<const std::byte> bytes, Value value_of) {
  TensorSummary summary{.elements = bytes.size() / sizeof(Stored)};
  double smallest = std::numeric_limits<double>::infinity(), largest = -smallest, sum = 0;
  for (std::size_t i = 0; i < summary.elements; ++i) {
    Stored stored;
    std::memcpy(&stored, bytes.data() + i * sizeof(Stored), sizeof(Stored));
    const double value = value_of(stored);
    if (!std::isfinite(value)) {
      ++summary.not_finite;
      continue;
    }
    smallest = std::min(smallest, value);
    largest = std::max(largest, value);
    sum += value;
  }
  const auto finite = summary.elements - summary.not_finite;
  if (finite == 0) return summary;
  summary.smallest = smallest;
  summary.largest = largest;
  summary.mean = sum / static_cast<double>(finite);
  return summary;
}

template <typename Number>
TensorSummary summary_of_numbers(std::span<const std::byte> bytes) {
  return summary<Number>(bytes, [](Number number) { return static_cast<double>(number); });
}

}  // namespace

TensorSummary summary_of(const TensorView& tensor) {
  switch (tensor.type) {
    case ElementType::kBool:
    case ElementType::kUint8:
      return summary_of_numbers<std::uint8_t>(tensor.bytes);
    case ElementType::kInt8:
      return summary_of_numbers<std::int8_t>(tensor.bytes);
    case ElementType::kUint16:
      return summary_of_numbers<std::uint16_t>(tensor.bytes);
    case ElementType::kInt16:
      return summary_of_numbers<std::int16_t>(tensor.bytes);
    case ElementType::kFloat16:
      return summary<std::uint16_t>(tensor.bytes, from_half);
    case ElementType::kBfloat16:
      return summary<std::uint16_t>(tensor.bytes, from_bfloat16);
    case ElementType::kUint32:
      return summary_of_numbers<std::uint32_t>(tensor.bytes);
    case ElementType::kInt32:
      return summary_of_numbers<std::int32_t>(tensor.bytes);
    case ElementType::kFloat32:
      return summary_of_numbers<float>(tensor.bytes);
    case ElementType::kUint64:
      return summary_of_numbers<std::uint64_t>(tensor.bytes);
    case ElementType::kInt64:
      return summary_of_numbers<std::int64_t>(tensor.bytes);
    case ElementType::kFloat64:
      return summary_of_numbers<double>(tensor.bytes);
  }
  return {};
}

}  // namespace bench::weights
