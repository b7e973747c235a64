#include "baselines/weights/tensor_checks.h"

#include <gtest/gtest.h>

#include <limits>

#include "baselines/weights/weights_error.h"

namespace bench::weights {
namespace {

template <typename Check>
std::string refusal(Check&& check) {
  try {
    check();
  } catch (const WeightsError& error) {
    return error.what();
  }
  return "";
}

template <typename Value>
std::string finite_refusal(ElementType type, const std::vector<Value>& values) {
  const std::vector<TensorView> tensors{{"layer.weight",
                                         type,
                                         {static_cast<std::int64_t>(values.size())},
                                         std::as_bytes(std::span(values))}};
  return refusal([&] { require_finite("file", tensors); });
}

TEST(RequireFinite, NamesTensorAndElement) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const auto message = finite_refusal<float>(ElementType::kFloat32, {1.0F, 2.0F, nan});
  EXPECT_NE(message.find("file: tensor \"layer.weight\": element 2"), std::string::npos) << message;
}

TEST(RequireFinite, SeesInfinityInEveryFloatingType) {
  // IEEE 754 binary16 and bfloat16: all exponent bits set.
  EXPECT_NE(finite_refusal<std::uint16_t>(ElementType::kFloat16, {0x3C00, 0xFC00}), "");
  EXPECT_NE(finite_refusal<std::uint16_t>(ElementType::kBfloat16, {0x3F80, 0x7FC0}), "");
  EXPECT_NE(
      finite_refusal<double>(ElementType::kFloat64, {-std::numeric_limits<double>::infinity()}),
      "");
}

TEST(RequireFinite, AcceptsTheLargestNumbersAndAnyInteger) {
  EXPECT_EQ(
      finite_refusal<float>(ElementType::kFloat32, {std::numeric_limits<float>::max(),
                                                    std::numeric_limits<float>::denorm_min()}),
      "");
  EXPECT_EQ(finite_refusal<std::uint16_t>(ElementType::kFloat16, {0x7BFF}), "");
  EXPECT_EQ(finite_refusal<std::int32_t>(ElementType::kInt32, {-1, 0x7F800000}), "");
}

TEST(RequireTensors, NamesWhatIsMissingAndWhatIsTooMuch) {
  const std::vector<TensorView> tensors{{"a", ElementType::kFloat32, {1}, {}},
                                        {"c", ElementType::kFloat32, {1}, {}}};
  const std::vector<ExpectedTensor> expected{{"a", {1}}, {"b", {2}}};
  const auto message = refusal([&] { require_tensors("file", tensors, expected); });
  EXPECT_NE(message.find("missing \"b\""), std::string::npos) << message;
  EXPECT_NE(message.find("not expected \"c\""), std::string::npos) << message;
}

TEST(RequireTensors, NamesBothShapes) {
  const std::vector<TensorView> tensors{{"a", ElementType::kFloat32, {3, 1}, {}}};
  const std::vector<ExpectedTensor> expected{{"a", {1, 3}}};
  const auto message = refusal([&] { require_tensors("file", tensors, expected); });
  EXPECT_NE(message.find("expected shape [1, 3], found [3, 1]"), std::string::npos) << message;
}

TEST(RequireTensors, AcceptsAnyOrder) {
  const std::vector<TensorView> tensors{{"b", ElementType::kFloat32, {2}, {}},
                                        {"a", ElementType::kFloat32, {}, {}}};
  const std::vector<ExpectedTensor> expected{{"a", {}}, {"b", {2}}};
  EXPECT_EQ(refusal([&] { require_tensors("file", tensors, expected); }), "");
}

}  // namespace
}  // namespace bench::weights
