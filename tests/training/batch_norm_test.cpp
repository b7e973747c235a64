#include "training/batch_norm.h"

#include <gtest/gtest.h>
#include <torch/nn/modules/batchnorm.h>
#include <torch/types.h>
#include <torch/utils.h>

namespace bench::training {
namespace {

struct Outcome {
  torch::Tensor out, mean, variance, to_features, to_weight, to_bias, to_residual;
};

/// LibTorch's own operations in double, or ours in channels-last memory of that type. Both get
/// numbers that the type can hold.
Outcome outcome(std::int64_t channels, bool training, bool with_residual, bool relu, bool ours,
                torch::Dtype stored = torch::kFloat32) {
  auto generator = at::make_generator<at::CPUGeneratorImpl>(std::uint64_t{9});
  const auto options = torch::TensorOptions(torch::kFloat64);
  const std::vector<std::int64_t> shape = {3, channels, 7, 5};
  const auto place = [&](const torch::Tensor& value) {
    const auto held = value.to(stored).contiguous(torch::MemoryFormat::ChannelsLast);
    return (ours ? held : held.to(torch::kFloat64).contiguous()).detach().requires_grad_();
  };
  // A mean far above the deviation: a careless variance would cancel.
  const auto features = place(torch::randn(shape, generator, options) * 0.5 + 20.0);
  const auto residual = place(torch::randn(shape, generator, options));
  const auto slopes = torch::randn(shape, generator, options).to(stored);
  torch::nn::BatchNorm2d norm(channels);
  norm->to(torch::kFloat64);
  {
    torch::NoGradGuard no_grad;
    norm->weight.normal_(1.0, 0.3, generator);
    norm->bias.normal_(0.0, 0.3, generator);
    norm->running_mean.normal_(20.0, 0.3, generator);
    norm->running_var.uniform_(0.5, 1.5, generator);
  }
  if (ours) norm->to(torch::kFloat32);
  norm->train(training);
  torch::Tensor out;
  if (ours) {
    out = batch_norm(features, *norm, with_residual ? residual : torch::Tensor(), relu);
  } else {
    out = norm->forward(features);
    if (with_residual) out = out + residual;
    if (relu) out = torch::relu(out);
  }
  (out * slopes.to(out.scalar_type())).sum().backward();
  return {out,
          norm->running_mean,
          norm->running_var,
          features.grad(),
          norm->weight.grad(),
          norm->bias.grad(),
          with_residual ? residual.grad() : torch::zeros({1})};
}

void expect_close(const char* what, const torch::Tensor& found, const torch::Tensor& expected,
                  double tolerance) {
  const auto error = (found.to(torch::kFloat64) - expected).abs().max().item<double>();
  EXPECT_LT(error, tolerance * std::max(1.0, expected.abs().max().item<double>())) << what;
}

void expect_equal_outcomes(torch::Dtype stored, double tolerance) {
  for (const std::int64_t channels : {1, 4, 8, 12, 16, 64, 100}) {
    for (int choice = 0; choice < 8; ++choice) {
      const bool training = choice & 1, residual = choice & 2, relu = choice & 4;
      SCOPED_TRACE(std::to_string(channels) + " channels" + (training ? ", training" : "") +
                   (residual ? ", residual" : "") + (relu ? ", relu" : ""));
      const auto found = outcome(channels, training, residual, relu, true, stored);
      const auto expected = outcome(channels, training, residual, relu, false, stored);
      EXPECT_EQ(found.out.scalar_type(), stored);
      expect_close("output", found.out, expected.out, tolerance);
      expect_close("running mean", found.mean, expected.mean, tolerance);
      expect_close("running variance", found.variance, expected.variance, tolerance);
      expect_close("gradient of the features", found.to_features, expected.to_features, tolerance);
      expect_close("gradient of the weight", found.to_weight, expected.to_weight, tolerance);
      expect_close("gradient of the bias", found.to_bias, expected.to_bias, tolerance);
      expect_close("gradient of the residual", found.to_residual, expected.to_residual, tolerance);
    }
  }
}

TEST(BatchNorm, EqualsLibTorchInDouble) {
  expect_equal_outcomes(torch::kFloat32, 2e-4);
}

TEST(BatchNorm, InBfloat16EqualsLibTorchInDoubleToItsPrecision) {
  expect_equal_outcomes(torch::kBFloat16, 0x1p-7);
}

TEST(BatchNorm, LetsNaNThrough) {
  torch::nn::BatchNorm2d norm(4);
  norm->eval();
  auto features = torch::zeros({1, 4, 2, 2}).contiguous(torch::MemoryFormat::ChannelsLast);
  features[0][1][1][1] = NAN;
  EXPECT_TRUE(batch_norm(features, *norm, {}, true).isnan().any().item<bool>());
}

}  // namespace
}  // namespace bench::training
