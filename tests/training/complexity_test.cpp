#include "training/complexity.h"

#include <gtest/gtest.h>
#include <torch/types.h>

#include "tiny_network.h"

namespace bench::training {
namespace {

TEST(Complexity, CountsATinyNetworkByHand) {
  TinyNetwork network(1);
  const auto found = complexity(network, torch::zeros({2, 1, 16, 16}));
  // 6 filters of 9 + 6 scales and 6 shifts + 1 filter of 54 and a bias.
  EXPECT_EQ(found.parameters, 54 + 12 + 55);
  EXPECT_EQ(found.convolution_macs, 2 * 256 * (6 * 9 + 54));
  EXPECT_EQ(found.convolution_activations, 2 * 256 * (6 + 1));
  // At least the features and the output lie in memory at once.
  EXPECT_GE(found.peak_bytes, 2 * 256 * 7 * 4);
  EXPECT_LE(found.peak_bytes, 2 * 256 * 7 * 4 * 8);
}

TEST(Complexity, CountsTransposedConvolutionsByTheirInput) {
  const auto found = convolutions_in([] {
    torch::conv_transpose2d(torch::zeros({1, 3, 5, 5}), torch::zeros({3, 4, 2, 2}), {}, 2);
  });
  EXPECT_EQ(found.convolution_macs, 3 * 25 * 4 * 4);
  EXPECT_EQ(found.convolution_activations, 4 * 100);
}

}  // namespace
}  // namespace bench::training
