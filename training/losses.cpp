#include "training/losses.h"

#include <torch/types.h>

#include "training/precision.h"

namespace bench::training {
namespace {

constexpr std::int64_t kWindow = 11;

/// [channels, 1, 11, 11], each channel's window summing to 1.
torch::Tensor gaussian_window(const torch::Tensor& like) {
  const auto options = torch::TensorOptions().dtype(torch::kFloat64);
  const auto offset = torch::arange(kWindow, options) - (kWindow / 2);
  auto line = torch::exp(-offset.square() / (2.0 * 1.5 * 1.5));
  line = line / line.sum();
  return torch::outer(line, line)
      .to(like.options())
      .expand({like.size(1), 1, kWindow, kWindow})
      .contiguous();
}

/// Mean over images of the PSNR in dB; identical images count as 80 dB.
torch::Tensor mean_psnr(const torch::Tensor& restored, const torch::Tensor& target) {
  const auto mse = (restored - target).square().mean({1, 2, 3});
  return -10.0 * torch::log10(mse + 1e-8).mean();
}

/// The mean of MSE and weight * -log10 SSIM. An SSIM of 0 or less has no logarithm: it counts as
/// .001.
torch::Tensor hinas_loss(const torch::Tensor& restored, const torch::Tensor& target,
                         double weight) {
  const auto ssim = zero_padded_ssim(restored, target).clamp_min(1e-3);
  return 0.5 * (torch::mse_loss(restored, target) - weight * torch::log10(ssim));
}

/// The eight bits of bfloat16's mantissa are too few for differences of like numbers, such as the
/// E[x^2] - E[x]^2 of an SSIM.
torch::Tensor at_least_float32(const torch::Tensor& images) {
  return images.scalar_type() == torch::kFloat64 ? images : images.to(torch::kFloat32);
}

}  // namespace

torch::Tensor zero_padded_ssim(const torch::Tensor& restored, const torch::Tensor& target) {
  const double c1 = 0.01 * 0.01;
  const double c2 = 0.03 * 0.03;
  const auto window = gaussian_window(restored);
  const auto blur = [&](const torch::Tensor& images) {
    return torch::conv2d(images, window, {}, 1, kWindow / 2, 1, images.size(1));
  };
  const auto mean_r = blur(restored);
  const auto mean_t = blur(target);
  const auto variance_r = blur(restored * restored) - mean_r * mean_r;
  const auto variance_t = blur(target * target) - mean_t * mean_t;
  const auto covariance = blur(restored * target) - mean_r * mean_t;
  const auto map = ((2 * mean_r * mean_t + c1) * (2 * covariance + c2)) /
                   ((mean_r * mean_r + mean_t * mean_t + c1) * (variance_r + variance_t + c2));
  return map.mean();
}

torch::Tensor restoration_loss(Loss loss, const torch::Tensor& given_restored,
                               const torch::Tensor& given_target) {
  TORCH_CHECK(given_restored.sizes() == given_target.sizes(),
              "restoration_loss: expected one shape, got ", given_restored.sizes(),
              " restored and ", given_target.sizes(), " target");
  const PrecisionScope no_autocast(Precision::kFloat32, given_restored.device());
  const auto restored = at_least_float32(given_restored);
  const auto target = at_least_float32(given_target);
  switch (loss) {
    case Loss::kMse:
      return torch::mse_loss(restored, target);
    case Loss::kL1:
      return torch::l1_loss(restored, target);
    case Loss::kHalfSumSquared:
      return torch::mse_loss(restored, target, at::Reduction::Sum) * 0.5;
    case Loss::kNegativeSsim:
      return -zero_padded_ssim(restored, target);
    case Loss::kNegativePsnr:
      return -mean_psnr(restored, target);
    case Loss::kHiNasSearch:
      return hinas_loss(restored, target, 0.5);
    case Loss::kHiNasTraining:
      return hinas_loss(restored, target, 0.6);
  }
  TORCH_CHECK(false, "restoration_loss: unknown loss");
}

torch::Tensor restoration_loss(Loss loss, const std::vector<torch::Tensor>& restored,
                               const torch::Tensor& target) {
  TORCH_CHECK(!restored.empty(), "restoration_loss: the network gave no output");
  auto total = restoration_loss(loss, restored.front(), target);
  for (std::size_t i = 1; i < restored.size(); ++i) {
    total = total + restoration_loss(loss, restored[i], target);
  }
  return total;
}

}  // namespace bench::training
