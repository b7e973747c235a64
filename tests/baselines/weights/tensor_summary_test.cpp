#include "baselines/weights/tensor_summary.h"

#include <gtest/gtest.h>

#include <limits>

namespace bench::weights {
namespace {

template <typename Stored>
TensorSummary summary(ElementType type, const std::vector<Stored>& stored) {
  const auto count = static_cast<std::int64_t>(stored.size());
  return summary_of({"t", type, {count}, std::as_bytes(std::span(stored))});
}

TEST(TensorSummary, OfNumbersOfEveryWidth) {
  const auto integers = summary<std::int8_t>(ElementType::kInt8, {-3, 5, 1});
  EXPECT_EQ(integers.elements, 3u);
  EXPECT_EQ(integers.smallest, -3);
  EXPECT_EQ(integers.largest, 5);
  EXPECT_EQ(integers.mean, 1);
  // binary16: 1.5, -2, the smallest denormal 2^-24.
  const auto halves = summary<std::uint16_t>(ElementType::kFloat16, {0x3E00, 0xC000, 0x0001});
  EXPECT_EQ(halves.largest, 1.5);
  EXPECT_EQ(halves.smallest, -2);
  EXPECT_DOUBLE_EQ(halves.mean, (1.5 - 2 + 0x1p-24) / 3);
  // bfloat16: 1 and -0.5.
  EXPECT_EQ(summary<std::uint16_t>(ElementType::kBfloat16, {0x3F80, 0xBF00}).mean, 0.25);
}

TEST(TensorSummary, CountsWhatIsNotFiniteAndLeavesItOut) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const auto found = summary<double>(ElementType::kFloat64, {nan, 2, -nan, 4, 1 / 0.0});
  EXPECT_EQ(found.not_finite, 3u);
  EXPECT_EQ(found.mean, 3);
  // binary16: infinity and a NaN.
  EXPECT_EQ(summary<std::uint16_t>(ElementType::kFloat16, {0x7C00, 0x7E00}).not_finite, 2u);
  EXPECT_EQ(summary<float>(ElementType::kFloat32, {}).mean, 0);
}

}  // namespace
}  // namespace bench::weights
