#include "core/randomness/deterministic_math.h"

#include <gtest/gtest.h>

#include <cmath>

namespace bench::randomness {
namespace {

TEST(DeterministicLog, AgreesWithTheCLibrary) {
  for (double x = 1e-12; x < 1e12; x *= 1.37) {
    EXPECT_NEAR(deterministic_log(x), std::log(x), 1e-14 * std::max(1.0, std::abs(std::log(x))))
        << x;
  }
  EXPECT_EQ(deterministic_log(1.0), 0.0);
}

TEST(DeterministicSineAndCosine, AgreeWithTheCLibrary) {
  for (double angle = -50.0; angle < 50.0; angle += 0.0137) {
    EXPECT_NEAR(deterministic_sin(angle), std::sin(angle), 1e-15) << angle;
    EXPECT_NEAR(deterministic_cos(angle), std::cos(angle), 1e-15) << angle;
  }
}

}  // namespace
}  // namespace bench::randomness
