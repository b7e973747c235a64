#include "training/losses.h"

#include <gtest/gtest.h>
#include <torch/types.h>

#include <algorithm>
#include <cmath>

#include "training/precision.h"

namespace bench::training {
namespace {

TEST(RestorationLoss, OfAUniformErrorIsItsClosedForm) {
  const auto target = torch::full({2, 3, 4, 5}, 0.5, torch::kFloat64);
  const auto restored = target + 0.1;
  EXPECT_NEAR(restoration_loss(Loss::kMse, restored, target).item<double>(), 0.01, 1e-15);
  EXPECT_NEAR(restoration_loss(Loss::kL1, restored, target).item<double>(), 0.1, 1e-15);
  // 120 values of .01, halved.
  EXPECT_NEAR(restoration_loss(Loss::kHalfSumSquared, restored, target).item<double>(), 0.6, 1e-12);
}

TEST(RestorationLoss, OfPsnrIsTheMeanOverImages) {
  const auto target = torch::full({2, 1, 4, 4}, 0.5, torch::kFloat64);
  auto restored = target.clone();
  restored[0] += 0.1;   // 20 dB
  restored[1] += 0.01;  // 40 dB
  EXPECT_NEAR(restoration_loss(Loss::kNegativePsnr, restored, target).item<double>(), -30.0, 1e-3);
  EXPECT_NEAR(restoration_loss(Loss::kNegativePsnr, target, target).item<double>(), -80.0, 1e-9);
}

TEST(RestorationLoss, OfHiNasIsTheMeanOfMseAndWeighedLogSsim) {
  const auto target = torch::rand({1, 1, 16, 16}, torch::kFloat64);
  const auto restored = target + 0.1 * torch::rand_like(target);
  const double mse = torch::mse_loss(restored, target).item<double>();
  const double logarithm = std::log10(zero_padded_ssim(restored, target).item<double>());
  EXPECT_NEAR(restoration_loss(Loss::kHiNasSearch, restored, target).item<double>(),
              (mse - 0.5 * logarithm) / 2, 1e-12);
  EXPECT_NEAR(restoration_loss(Loss::kHiNasTraining, restored, target).item<double>(),
              (mse - 0.6 * logarithm) / 2, 1e-12);
  // Where the similarity is negative the loss stays finite.
  const auto inverted = restoration_loss(Loss::kHiNasTraining, 1.0 - target, target);
  EXPECT_TRUE(std::isfinite(inverted.item<double>()));
}

TEST(RestorationLoss, SumsOverSeveralOutputs) {
  const auto target = torch::zeros({1, 1, 2, 2});
  const std::vector<torch::Tensor> outputs = {target + 1, target + 2};
  EXPECT_FLOAT_EQ(restoration_loss(Loss::kMse, outputs, target).item<float>(), 5.0F);
}

// Under bfloat16's autocast the loss and its gradient by the restored image are those of float64,
// to the precision of float32: bright, nearly flat images are where an SSIM cancels.
TEST(RestorationLoss, IsNotRoundedByAutocast) {
  torch::manual_seed(7);
  const auto target = 0.9 + 0.02 * torch::rand({2, 1, 24, 24});
  const auto restored = (target + 0.01 * torch::randn_like(target)).clamp(0, 1);
  for (const Loss loss : {Loss::kMse, Loss::kL1, Loss::kHalfSumSquared, Loss::kNegativeSsim,
                          Loss::kNegativePsnr, Loss::kHiNasSearch, Loss::kHiNasTraining}) {
    const auto exact = restored.to(torch::kFloat64).requires_grad_();
    const auto exact_loss = restoration_loss(loss, exact, target.to(torch::kFloat64));
    exact_loss.backward();
    const auto rounded = restored.clone().requires_grad_();
    torch::Tensor rounded_loss;
    {
      const PrecisionScope autocast(Precision::kBfloat16, torch::kCPU);
      rounded_loss = restoration_loss(loss, rounded, target);
      rounded_loss.backward();
    }
    const double size = std::max(1e-3, std::abs(exact_loss.item<double>()));
    EXPECT_NEAR(rounded_loss.item<double>(), exact_loss.item<double>(), 2e-3 * size)
        << "loss " << static_cast<int>(loss);
    const auto difference = (rounded.grad().to(torch::kFloat64) - exact.grad()).norm();
    EXPECT_LT(difference.item<double>(), 1e-2 * exact.grad().norm().item<double>())
        << "gradient of loss " << static_cast<int>(loss);
  }
}

TEST(RestorationLoss, NamesBothShapes) {
  try {
    restoration_loss(Loss::kMse, torch::zeros({1, 1, 2, 2}), torch::zeros({1, 1, 2, 3}));
    FAIL() << "no exception";
  } catch (const c10::Error& error) {
    EXPECT_NE(std::string(error.what()).find("[1, 1, 2, 3]"), std::string::npos);
  }
}

TEST(ZeroPaddedSsim, IsOneForEqualImages) {
  const auto image = torch::rand({2, 3, 20, 24}, torch::kFloat64);
  EXPECT_NEAR(zero_padded_ssim(image, image).item<double>(), 1.0, 1e-12);
}

TEST(ZeroPaddedSsim, OfTwoConstantsIsItsClosedFormInTheMiddle) {
  // Far from the border both variances and the covariance vanish: only the luminance term stays.
  const auto a = torch::full({1, 1, 11, 11}, 0.4, torch::kFloat64);
  const auto b = torch::full({1, 1, 11, 11}, 0.6, torch::kFloat64);
  const double luminance = (2 * 0.4 * 0.6 + 1e-4) / (0.4 * 0.4 + 0.6 * 0.6 + 1e-4);
  // At the border zeros enter both images alike, so a value below 1 remains everywhere.
  const auto ssim = zero_padded_ssim(a, b).item<double>();
  EXPECT_LT(ssim, 1.0);
  EXPECT_GT(ssim, 0.5 * luminance);
}

}  // namespace
}  // namespace bench::training
