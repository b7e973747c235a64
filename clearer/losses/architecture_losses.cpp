#include "clearer/losses/architecture_losses.h"

#include <torch/types.h>

#include <cmath>
#include <numbers>

namespace bench::clearer {
namespace {

void check(const torch::Tensor& logits) {
  TORCH_CHECK(logits.dim() == 2 && logits.size(1) == 2,
              "architecture loss: expected logits [positions, 2], got ", logits.sizes());
}

/// -(a ln a + (1 - a) ln(1 - a)) per position, [N].
/// With d the difference of the logits, a = sigmoid(d), ln a = -softplus(-d) and
/// ln(1 - a) = -softplus(d): no logarithm of a rounded number.
torch::Tensor binary_entropy(const torch::Tensor& logits) {
  check(logits);
  const auto difference = logits.select(1, 0) - logits.select(1, 1);
  return torch::sigmoid(difference) * torch::softplus(-difference) +
         torch::sigmoid(-difference) * torch::softplus(difference);
}

}  // namespace

torch::Tensor architecture_loss(const torch::Tensor& logits, EntropyForm form, EntropySign sign) {
  // Both candidates of a position have the same binary entropy.
  const double both = form == EntropyForm::kPaper ? 2.0 : 1.0 / std::numbers::ln10;
  const double factor = -static_cast<double>(sign) * both;
  return binary_entropy(logits).mean() * factor;
}

torch::Tensor complexity_loss(const torch::Tensor& logits, const torch::Tensor& costs) {
  check(logits);
  TORCH_CHECK(costs.sizes() == logits.sizes(), "complexity_loss: expected costs ", logits.sizes(),
              ", got ", costs.sizes());
  return (torch::softmax(logits, 1) * costs.detach()).sum() / static_cast<double>(logits.size(0));
}

torch::Tensor architecture_terms(const torch::Tensor& logits, const torch::Tensor& costs,
                                 const ArchitectureLossOptions& options) {
  auto total = torch::zeros({}, logits.options());
  if (options.lambda_architecture != 0.0 && options.architecture_loss_sign != EntropySign::kNone) {
    total = total + architecture_loss(logits, options.architecture_loss_form,
                                      options.architecture_loss_sign) *
                        options.lambda_architecture;
  }
  if (options.lambda_complexity != 0.0)
    total = total + complexity_loss(logits, costs) * options.lambda_complexity;
  return total;
}

}  // namespace bench::clearer
