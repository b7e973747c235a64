#include "smoothing_net.h"

#include <gtest/gtest.h>
#include <torch/types.h>
#include <torch/utils.h>

#include "golden.h"

namespace bench::baselines {
namespace {

TEST(SmoothingNet, HasTheCountOfItsDefinition) {
  // 9 * 8 weights and 8 biases, then 8 * 9 weights and 1 bias.
  EXPECT_EQ(parameter_count(SmoothingNet({})), 80 + 73);
}

TEST(SmoothingNet, WithoutWeightsHandsTheImageOn) {
  SmoothingNet network({});
  const torch::NoGradGuard no_grad;
  for (auto& parameter : network.parameters()) parameter.zero_();
  const auto degraded = torch::rand({1, 1, 8, 6});
  EXPECT_TRUE(torch::equal(network.forward(degraded), degraded));
}

}  // namespace
}  // namespace bench::baselines
