#include "training/kernels/trained_convolution.h"

#include <gtest/gtest.h>
#include <torch/autograd.h>
#include <torch/nn/modules/conv.h>
#include <torch/types.h>
#include <torch/utils.h>

#include "training/kernels/stored_values.h"
#include "training/kernels/winograd_convolution.h"
#include "training/precision.h"

namespace bench::training {
namespace {

constexpr auto kChannelsLast = torch::MemoryFormat::ChannelsLast;

struct Case {
  std::int64_t in, out, kernel, stride, images, height, width;
};

std::ostream& operator<<(std::ostream& out, const Case& c) {
  return out << c.in << " -> " << c.out << ", kernel " << c.kernel << ", stride " << c.stride
             << ", " << c.images << " x " << c.height << " x " << c.width;
}

struct Computed {
  torch::Tensor results, by_features, by_weight;
};

torch::nn::Conv2dImpl layer_of(const Case& c, bool bias = false) {
  return torch::nn::Conv2dImpl(torch::nn::Conv2dOptions(c.in, c.out, c.kernel)
                                   .stride(c.stride)
                                   .padding(c.kernel / 2)
                                   .bias(bias));
}

torch::Tensor random_features(const Case& c) {
  return torch::randn({c.images, c.in, c.height, c.width}).contiguous(kChannelsLast);
}

/// Results and gradients, with slopes that depend on the shape only.
template <typename Convolve>
Computed computed(const torch::Tensor& features, const torch::Tensor& weight,
                  const Convolve& convolve) {
  const auto leaf = features.detach().set_requires_grad(true);
  const auto results = convolve(leaf);
  auto generator = at::make_generator<at::CPUGeneratorImpl>(std::uint64_t{3});
  // Rounded, so that they are the same values in bfloat16.
  const auto slopes = torch::randn(results.sizes(), generator).to(torch::kBFloat16);
  const auto gradients = torch::autograd::grad(
      {results}, {leaf, weight}, {slopes.to(results.scalar_type()).contiguous(kChannelsLast)});
  return {results.detach(), gradients[0], gradients[1]};
}

double relative_error(const torch::Tensor& found, const torch::Tensor& expected) {
  EXPECT_EQ(found.sizes(), expected.sizes());
  const auto difference = found.to(torch::kFloat64) - expected;
  return difference.norm().item<double>() / expected.norm().item<double>();
}

/// Truth: LibTorch's own convolution in double.
void expect_equal(const Case& c, Precision precision, double tolerance) {
  torch::manual_seed(1);
  auto layer = layer_of(c);
  set_layout(layer.parameters(), Layout::kChannelsLast);
  auto features = random_features(c);
  if (precision == Precision::kBfloat16) features = features.to(torch::kBFloat16);
  const auto exact_weight = layer.weight.detach().to(torch::kFloat64).set_requires_grad(true);
  const auto expected =
      computed(features.to(torch::kFloat64), exact_weight, [&](const torch::Tensor& leaf) {
        return at::conv2d(leaf, exact_weight, {}, c.stride, c.kernel / 2);
      });
  const auto found = computed(features, layer.weight, [&](const torch::Tensor& leaf) {
    const PrecisionScope scope(precision, torch::kCPU);
    return trained_convolution(leaf, layer);
  });
  EXPECT_EQ(found.results.scalar_type(), features.scalar_type());
  if (winograd_serves<float>(c.in, c.out) && c.kernel == 3 && c.stride == 1) {
    EXPECT_EQ(found.by_weight.strides(), layer.weight.strides()) << c;
    EXPECT_TRUE(found.results.is_contiguous(kChannelsLast)) << c;
  }
  EXPECT_LT(relative_error(found.results, expected.results), tolerance) << c;
  EXPECT_LT(relative_error(found.by_features, expected.by_features), tolerance) << c;
  EXPECT_LT(relative_error(found.by_weight, expected.by_weight), tolerance) << c;
}

/// All strides, panels of channels, odd sides, sides smaller than the kernel, blocks of rows.
const std::vector<Case>& cases() {
  static const std::vector<Case> all = {
      {32, 32, 3, 1, 2, 16, 16}, {32, 64, 3, 1, 1, 7, 7},   {64, 32, 3, 1, 3, 5, 13},
      {96, 160, 3, 1, 1, 9, 6},  {32, 32, 3, 1, 2, 1, 1},   {32, 32, 3, 1, 1, 2, 1},
      {32, 32, 3, 1, 1, 1, 40},  {64, 64, 3, 1, 8, 32, 31}, {256, 256, 3, 1, 2, 8, 8},
      {32, 64, 3, 2, 2, 16, 16}, {64, 32, 3, 2, 1, 8, 6},   {32, 32, 3, 2, 2, 7, 9},
      {32, 64, 1, 1, 2, 9, 7},   {64, 32, 1, 1, 2, 16, 16}, {8, 16, 3, 1, 2, 9, 8},
      {16, 8, 3, 1, 2, 8, 8},    {8, 16, 3, 2, 2, 8, 8},    {16, 8, 1, 1, 1, 8, 8},
      {1, 32, 3, 1, 2, 8, 8},    {32, 1, 3, 1, 2, 8, 8},    {48, 48, 3, 1, 2, 8, 8}};
  return all;
}

// Sums of up to 8000 products in float32: some 1e-6 of the norm, LibTorch's as well.
TEST(TrainedConvolution, EqualsLibTorchsInFloat32) {
  for (const auto& c : cases()) expect_equal(c, Precision::kFloat32, 5e-6);
}

// Factors are rounded to 8 bits: 2^-9 each, doubled by the transforms; LibTorch's has 2.4e-3.
TEST(TrainedConvolution, EqualsLibTorchsInBfloat16) {
  for (const auto& c : cases()) expect_equal(c, Precision::kBfloat16, 8e-3);
}

// A convolution is linear in its weights: a difference over any distance is its gradient.
TEST(TrainedConvolution, GradientByWeightsIsTheDifference) {
  torch::manual_seed(2);
  const Case c{32, 32, 3, 1, 2, 11, 10};
  auto layer = layer_of(c);
  const auto features = random_features(c);
  const auto slopes = torch::randn({2, 32, 11, 10}).contiguous(kChannelsLast);
  const auto loss = [&] { return (trained_convolution(features, layer) * slopes).sum(); };
  const auto gradient = torch::autograd::grad({loss()}, {layer.weight}).front();
  const auto before = loss().item<double>();
  const auto step = torch::randn_like(layer.weight);
  {
    torch::NoGradGuard no_graph;
    layer.weight.add_(step);
  }
  const auto expected = (gradient * step).sum().item<double>();
  EXPECT_NEAR(loss().item<double>() - before, expected, 1e-4 * std::abs(expected));
}

TEST(TrainedConvolution, WithoutKernelsIsLibTorchs) {
  torch::manual_seed(3);
  const Case c{32, 32, 3, 1, 1, 8, 8};
  const auto features = random_features(c);
  auto biased = layer_of(c, /*bias=*/true);
  EXPECT_TRUE(torch::equal(trained_convolution(features, biased), biased.forward(features)));
  auto plain = layer_of(c);
  const auto rows = features.contiguous();
  EXPECT_TRUE(torch::equal(trained_convolution(rows, plain), plain.forward(rows)));
  plain.to(torch::kFloat64);
  const auto exact = features.to(torch::kFloat64);
  EXPECT_TRUE(torch::equal(trained_convolution(exact, plain), plain.forward(exact)));
}

TEST(TrainedConvolution, LeavesOutGradientsThatNobodyAsksFor) {
  const Case c{32, 32, 3, 1, 1, 8, 8};
  auto layer = layer_of(c);
  const auto features = random_features(c);
  trained_convolution(features, layer).sum().backward();
  EXPECT_TRUE(layer.weight.grad().defined());
  layer.weight.mutable_grad().reset();
  layer.weight.set_requires_grad(false);
  const auto leaf = features.detach().set_requires_grad(true);
  trained_convolution(leaf, layer).sum().backward();
  EXPECT_TRUE(leaf.grad().defined());
  EXPECT_FALSE(layer.weight.grad().defined());
  torch::NoGradGuard no_graph;
  EXPECT_FALSE(trained_convolution(leaf, layer).requires_grad());
}

TEST(TrainedConvolution, PassesNotANumberOn) {
  const Case c{32, 32, 3, 1, 1, 8, 8};
  auto layer = layer_of(c);
  auto features = random_features(c);
  features[0][5][4][4] = std::numeric_limits<float>::quiet_NaN();
  for (const auto precision : {Precision::kFloat32, Precision::kBfloat16}) {
    const PrecisionScope scope(precision, torch::kCPU);
    EXPECT_TRUE(torch::isnan(trained_convolution(features, layer)).any().item<bool>());
  }
}

/// On several threads the same every time, and close to one thread's.
TEST(TrainedConvolution, IsTheSameInEveryRunOnTwoThreads) {
  torch::manual_seed(4);
  const Case c{64, 64, 3, 1, 4, 16, 16};
  auto layer = layer_of(c);
  const auto features = random_features(c);
  const auto once = [&] {
    return computed(features, layer.weight,
                    [&](const torch::Tensor& leaf) { return trained_convolution(leaf, layer); });
  };
  const auto alone = once();
  at::set_num_threads(2);
  const auto first = once(), second = once();
  at::set_num_threads(1);
  EXPECT_TRUE(torch::equal(first.by_weight, second.by_weight));
  EXPECT_TRUE(torch::equal(first.by_features, second.by_features));
  EXPECT_TRUE(torch::equal(first.results, second.results));
  EXPECT_LT(relative_error(first.by_weight, alone.by_weight.to(torch::kFloat64)), 5e-6);
}

}  // namespace
}  // namespace bench::training
