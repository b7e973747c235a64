#include "datasets/normal_noise.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include "core/digest/sha256.h"

namespace bench::datasets {
namespace {

std::vector<float> drawn(std::size_t count) {
  randomness::Stream stream(7, "test/normal");
  std::vector<float> values(count);
  fill_standard_normal(stream, values);
  return values;
}

double normal_cdf(double x) {
  return 0.5 * std::erfc(-x / std::sqrt(2.0));
}

TEST(FillStandardNormal, HasTheMomentsOfTheNormalDistribution) {
  constexpr std::size_t kCount = 2'000'000;
  double sums[5] = {};
  for (const float value : drawn(kCount)) {
    double power = 1.0;
    for (double& sum : sums) {
      sum += power;
      power *= value;
    }
  }
  // Standard errors: 1/sqrt(n), sqrt(2/n), sqrt(15/n), sqrt(96/n); five of each.
  const double error = 5.0 / std::sqrt(static_cast<double>(kCount));
  EXPECT_NEAR(sums[1] / kCount, 0.0, error);
  EXPECT_NEAR(sums[2] / kCount, 1.0, error * std::sqrt(2.0));
  EXPECT_NEAR(sums[3] / kCount, 0.0, error * std::sqrt(15.0));
  EXPECT_NEAR(sums[4] / kCount, 3.0, error * std::sqrt(96.0));
}

TEST(FillStandardNormal, PassesKolmogorovAndSmirnov) {
  constexpr std::size_t kCount = 1'000'000;
  std::vector<float> values = drawn(kCount);
  std::sort(values.begin(), values.end());
  double largest = 0.0;
  for (std::size_t i = 0; i < kCount; ++i) {
    const double expected = normal_cdf(values[i]);
    largest = std::max({largest, std::fabs(expected - static_cast<double>(i) / kCount),
                        std::fabs(expected - static_cast<double>(i + 1) / kCount)});
  }
  // Kolmogorov's distribution: P(sqrt(n) D > 1.95) = 0.001.
  EXPECT_LT(largest * std::sqrt(static_cast<double>(kCount)), 1.95);
}

TEST(FillStandardNormal, HasTheRightTail) {
  constexpr double kCount = 4'000'000;
  // Beyond 3.654 the values come from the tail's own rule.
  for (const double limit : {3.0, 3.654, 4.0}) {
    const std::vector<float> values = drawn(static_cast<std::size_t>(kCount));
    const auto beyond = static_cast<double>(std::count_if(
        values.begin(), values.end(), [&](float value) { return std::fabs(value) > limit; }));
    const double expected = kCount * 2.0 * normal_cdf(-limit);
    EXPECT_NEAR(beyond, expected, 5.0 * std::sqrt(expected)) << limit;
  }
}

TEST(FillStandardNormal, HasIndependentNeighbors) {
  const std::vector<float> values = drawn(1'000'000);
  double product = 0.0;
  double squares = 0.0;
  for (std::size_t i = 1; i < values.size(); ++i) {
    product += static_cast<double>(values[i]) * values[i - 1];
    const double a = static_cast<double>(values[i]) * values[i] - 1.0;
    const double b = static_cast<double>(values[i - 1]) * values[i - 1] - 1.0;
    squares += a * b;
  }
  // Standard errors of both correlations: sqrt(n), and 2 sqrt(n) for the squares.
  EXPECT_LT(std::fabs(product), 5e3);
  EXPECT_LT(std::fabs(squares), 1e4);
}

TEST(FillStandardNormal, DoesNotDependOnHowTheCallsAreCut) {
  randomness::Stream stream(7, "test/normal");
  std::vector<float> values(1000);
  fill_standard_normal(stream, std::span(values).first(1));
  fill_standard_normal(stream, std::span(values).subspan(1, 700));
  fill_standard_normal(stream, std::span(values).subspan(701));
  EXPECT_EQ(values, drawn(1000));
}

// A contract of determinism between machines, compilers and optimization levels; that the numbers
// are normal is what the tests above show.
TEST(FillStandardNormal, IsTheSameOnEveryMachine) {
  const std::vector<float> values = drawn(100'000);
  EXPECT_EQ(digest::sha256_hex(
                {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float)}),
            "a128264db7325ad1f9b34e021f5ce5ed00a93282a4b3bbe367b11c4c300c441b");
}

}  // namespace
}  // namespace bench::datasets
