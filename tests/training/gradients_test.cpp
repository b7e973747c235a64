#include "training/gradients.h"

#include <gtest/gtest.h>
#include <torch/types.h>

#include <cmath>

namespace bench::training {
namespace {

TEST(GradientNorm, IsTheTwoNormOverAllTensors) {
  const auto a = torch::zeros({2}, torch::requires_grad()),
             b = torch::zeros({1, 1}, torch::requires_grad());
  a.mutable_grad() = torch::tensor({2.0F, 3.0F});
  b.mutable_grad() = torch::full({1, 1}, 6.0F);
  EXPECT_NEAR(gradient_norm({a, b}), 7.0, 1e-6);  // sqrt(4 + 9 + 36), of float32 norms
  clear_gradients({a, b});
  EXPECT_DOUBLE_EQ(gradient_norm({a, b}), 0.0);
  b.mutable_grad() = torch::full({1, 1}, NAN);
  EXPECT_FALSE(std::isfinite(gradient_norm({a, b})));
}

TEST(ClippingScale, BringsTheNormToTheLimit) {
  EXPECT_DOUBLE_EQ(clipping_scale(4.0, 5.0), 1.0);
  EXPECT_NEAR(10.0 * clipping_scale(10.0, 5.0), 5.0, 1e-5);
  EXPECT_DOUBLE_EQ(clipping_scale(10.0, 0.0), 1.0);
}

TEST(AllFinite, IsNotFooledByALargeSum) {
  EXPECT_TRUE(all_finite({torch::full({4}, 3e38F)}));
  EXPECT_FALSE(all_finite({torch::ones({4}), torch::full({1}, INFINITY)}));
}

}  // namespace
}  // namespace bench::training
