#include "core/randomness/stream.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace bench::randomness {
namespace {

TEST(Stream, IsAFunctionOfSeedAndPurpose) {
  EXPECT_EQ(Stream(1, "noise").next(), Stream(1, "noise").next());
  EXPECT_NE(Stream(1, "noise").next(), Stream(2, "noise").next());
  EXPECT_NE(Stream(1, "noise").next(), Stream(1, "patches").next());
}

TEST(Stream, DrawsUniformlyBelowABound) {
  Stream stream(7, "below");
  std::vector<int> counts(6, 0);
  constexpr int kDraws = 60'000;
  for (int i = 0; i < kDraws; ++i) ++counts[stream.below(6)];
  // Chi-squared with 5 degrees of freedom: 25.7 is its 99.99 % point.
  double chi_squared = 0.0;
  for (const int count : counts) {
    chi_squared += (count - kDraws / 6.0) * (count - kDraws / 6.0) / (kDraws / 6.0);
  }
  EXPECT_LT(chi_squared, 25.7);
}

TEST(Stream, DrawsStandardNormalNumbers) {
  Stream stream(3, "normal");
  constexpr int kDraws = 200'000;
  double sum = 0.0, squares = 0.0, fourth = 0.0;
  int beyond_two = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double x = stream.normal();
    sum += x;
    squares += x * x;
    fourth += x * x * x * x;
    if (std::abs(x) > 2.0) ++beyond_two;
  }
  // Four standard errors: 1/sqrt(n), sqrt(2/n), sqrt(96/n), sqrt(p(1-p)/n).
  EXPECT_NEAR(sum / kDraws, 0.0, 4 * 0.00224);
  EXPECT_NEAR(squares / kDraws, 1.0, 4 * 0.00317);
  EXPECT_NEAR(fourth / kDraws, 3.0, 4 * 0.0220);
  EXPECT_NEAR(static_cast<double>(beyond_two) / kDraws, 0.0455, 4 * 0.000466);
}

}  // namespace
}  // namespace bench::randomness
