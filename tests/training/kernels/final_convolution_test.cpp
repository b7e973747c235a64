#include "training/kernels/final_convolution.h"

#include <gtest/gtest.h>
#include <torch/nn/modules/conv.h>
#include <torch/types.h>
#include <torch/utils.h>

#include "training/precision.h"

namespace bench::training {
namespace {

constexpr auto kChannelsLast = torch::MemoryFormat::ChannelsLast;

std::shared_ptr<torch::nn::Conv2dImpl> convolution(const PackedShape& shape, bool bias) {
  auto result = std::make_shared<torch::nn::Conv2dImpl>(
      torch::nn::Conv2dOptions(shape.in, shape.out, shape.kernel)
          .stride(shape.stride)
          .padding(shape.kernel / 2)
          .bias(bias));
  for (auto& weight : result->parameters()) weight.set_requires_grad(false);
  return result;
}

torch::Tensor features(std::int64_t images, std::int64_t channels, std::int64_t height,
                       std::int64_t width) {
  return in_layout(torch::randn({images, channels, height, width}), Layout::kChannelsLast);
}

double largest(const torch::Tensor& values) {
  return values.abs().max().item<double>();
}

// Truth: LibTorch's own convolution in double.
void expect_equal(const PackedShape& shape, std::int64_t height, std::int64_t width, bool bias,
                  bool with_residual, bool relu) {
  torch::manual_seed(1);
  torch::NoGradGuard no_graph;
  const auto layer = convolution(shape, bias);
  const auto in = features(2, shape.in, height, width);
  auto expected = at::conv2d(in.to(torch::kFloat64), layer->weight.to(torch::kFloat64),
                             bias ? layer->bias.to(torch::kFloat64) : torch::Tensor(), shape.stride,
                             shape.kernel / 2);
  const auto residual =
      with_residual ? torch::randn(expected.sizes()).contiguous(kChannelsLast) : torch::Tensor();
  if (with_residual) expected = expected + residual.to(torch::kFloat64);
  if (relu) expected = expected.relu();
  const auto found = FinalConvolution(layer).forward(in, residual, relu);
  ASSERT_TRUE(found.defined());
  ASSERT_EQ(found.sizes(), expected.sizes());
  EXPECT_TRUE(found.is_contiguous(kChannelsLast));
  EXPECT_LT(largest(found.to(torch::kFloat64) - expected), 5e-6 * largest(expected))
      << shape.in << " -> " << shape.out << ", kernel " << shape.kernel << ", stride "
      << shape.stride << ", " << height << " x " << width;
}

class FinalConvolutions : public testing::Test {
 protected:
  void SetUp() override {
    if (!PackedConvolution::serves({8, 8, 3, 1})) {
      GTEST_SKIP() << "kernels for evaluation: this processor has neither AVX2 nor AVX-512";
    }
  }
};

TEST_F(FinalConvolutions, EqualLibTorchsInEveryShapeOfTheSpace) {
  for (const std::int64_t in : {1, 3, 8, 24, 32, 64}) {
    for (const std::int64_t out : {8, 16, 40, 64}) {
      expect_equal({in, out, 1, 1}, 6, 10, true, false, true);
      expect_equal({in, out, 3, 1}, 6, 10, true, true, true);
      expect_equal({in, out, 3, 2}, 6, 10, true, false, false);
    }
  }
}

TEST_F(FinalConvolutions, EqualLibTorchsAtOddAndSmallSides) {
  for (const std::int64_t channels : {8, 32, 64}) {
    for (const auto& [height, width] : {std::pair{1, 1}, {1, 7}, {9, 1}, {5, 3}, {37, 41}}) {
      expect_equal({channels, channels, 3, 1}, height, width, true, true, true);
      expect_equal({channels, channels, 1, 1}, height, width, true, false, false);
    }
  }
}

TEST_F(FinalConvolutions, EqualLibTorchsWithAndWithoutEachAddition) {
  for (const bool bias : {false, true}) {
    for (const bool residual : {false, true}) {
      for (const bool relu : {false, true}) {
        expect_equal({8, 8, 3, 1}, 12, 12, bias, residual, relu);
        expect_equal({32, 32, 3, 1}, 12, 12, bias, residual, relu);
        expect_equal({16, 8, 1, 1}, 12, 12, bias, residual, relu);
        expect_equal({16, 8, 3, 2}, 12, 12, bias, residual, relu);
      }
    }
  }
}

TEST_F(FinalConvolutions, AreTheSameToTheLastBitWithMoreThreads) {
  torch::NoGradGuard no_graph;
  const int before = at::get_num_threads();
  for (const PackedShape shape : {PackedShape{32, 32, 3, 1}, {8, 8, 3, 1}, {16, 8, 1, 1}}) {
    const FinalConvolution layer(convolution(shape, true));
    const auto in = features(1, shape.in, 50, 70);
    at::set_num_threads(1);
    const auto one = layer.forward(in, {}, true);
    at::set_num_threads(3);
    EXPECT_TRUE(torch::equal(layer.forward(in, {}, true), one));
    at::set_num_threads(before);
  }
}

TEST_F(FinalConvolutions, LetNotANumberThrough) {
  torch::NoGradGuard no_graph;
  const auto layer = convolution({32, 32, 3, 1}, true);
  const auto in = features(1, 32, 8, 8);
  in[0][3][4][4].fill_(std::numeric_limits<float>::quiet_NaN());
  EXPECT_TRUE(FinalConvolution(layer).forward(in, {}, true).isnan().any().item<bool>());
}

TEST_F(FinalConvolutions, LeaveToLibTorchWhatTheyDoNotServe) {
  const auto layer = convolution({8, 8, 3, 1}, true);
  const FinalConvolution final(layer);
  const auto in = features(1, 8, 8, 8);
  EXPECT_FALSE(final.forward(in, {}, true).defined()) << "a graph is recorded";
  torch::NoGradGuard no_graph;
  EXPECT_TRUE(final.forward(in, {}, true).defined());
  EXPECT_FALSE(final.forward(in.contiguous(), {}, true).defined()) << "NCHW";
  EXPECT_FALSE(final.forward(in.to(torch::kFloat64), {}, true).defined());
  EXPECT_FALSE(final.forward(in, in.contiguous(), true).defined()) << "residual in NCHW";
  layer->weight.set_requires_grad(true);
  EXPECT_FALSE(final.forward(in, {}, true).defined()) << "weights may change";
  const auto odd = FinalConvolution(convolution({8, 8, 3, 2}, true));
  EXPECT_FALSE(odd.forward(features(1, 8, 7, 8), {}, true).defined()) << "odd side, stride 2";
  const auto narrow = FinalConvolution(convolution({8, 1, 1, 1}, true));
  EXPECT_FALSE(narrow.forward(in, {}, true).defined()) << "one output channel";
  const FinalConvolution stem(convolution({1, 8, 3, 1}, true));
  const auto gray = torch::randn({1, 1, 8, 8});
  EXPECT_TRUE(stem.forward(in_layout(gray, Layout::kChannelsLast), {}, true).defined());
  EXPECT_FALSE(stem.forward(in_layout(gray, Layout::kNchw), {}, true).defined())
      << "one channel, which lies alike in both layouts";
}

}  // namespace
}  // namespace bench::training
