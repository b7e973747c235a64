#include "clearer/search/supernet_passes.h"

#include <torch/types.h>
#include <torch/utils.h>

#include <cmath>

#include "training/losses.h"
#include "training/precision.h"

namespace bench::clearer {
namespace {

constexpr std::array<double, 2> kReleasedCosts = {0.7, 0.3};  // search_space.py:308-309

torch::Tensor costs_of(const SearchOptions& options, const torch::Tensor& logits) {
  std::vector<double> values;
  for (std::int64_t i = 0; i < logits.size(0); ++i) {
    const auto& pair =
        options.costs.empty() ? kReleasedCosts : options.costs[static_cast<std::size_t>(i)];
    values.insert(values.end(), pair.begin(), pair.end());
  }
  return torch::tensor(values, torch::kFloat64).reshape({-1, 2}).to(logits.options());
}

}  // namespace

SupernetPasses::SupernetPasses(Supernet supernet, const SearchOptions& options)
    : supernet_(std::move(supernet)),
      options_(options),
      costs_(costs_of(options, supernet_->architecture_logits().detach())) {}

training::Batch SupernetPasses::prepared(const training::Batch& batch) const {
  TORCH_CHECK(batch.degraded.dim() == 4 && batch.degraded.sizes() == batch.target.sizes(),
              "search: expected two [N, C, H, W] tensors of one shape, got ",
              batch.degraded.sizes(), " degraded and ", batch.target.sizes(), " target");
  const auto place = costs_.options();
  return {training::in_layout(batch.degraded.to(place), options_.weights.layout),
          training::in_layout(batch.target.to(place), options_.weights.layout)};
}

template <typename Choice>
torch::Tensor SupernetPasses::restoration_with(const training::Batch& batch,
                                               const Choice& choice) const {
  const training::PrecisionScope scope(options_.weights.precision, batch.target.device());
  const auto restored = supernet_->forward(batch.degraded, choice).to(batch.target.scalar_type());
  return training::restoration_loss(options_.weights.loss, restored, batch.target);
}

torch::Tensor SupernetPasses::restoration(const training::Batch& batch,
                                          const torch::Tensor& probabilities) const {
  return restoration_with(batch, probabilities);
}

torch::Tensor SupernetPasses::restoration(const training::Batch& batch,
                                          const Architecture& architecture) const {
  return restoration_with(batch, architecture);
}

torch::Tensor SupernetPasses::loss(const training::Batch& batch,
                                   training::ArchitectureMode mode) const {
  const auto probabilities = supernet_->probabilities();
  return restoration(
      batch, mode == training::ArchitectureMode::kFixed ? probabilities.detach() : probabilities);
}

torch::Tensor SupernetPasses::terms() const {
  return architecture_terms(supernet_->architecture_logits(), costs_, options_.losses);
}

std::string SupernetPasses::broken_term(const training::Batch& batch) const {
  torch::NoGradGuard no_grad;
  const auto is_finite = [](const torch::Tensor& value) {
    return std::isfinite(value.item<double>());
  };
  if (is_finite(terms())) return RelaxedNetwork::broken_term(batch);
  auto without_complexity = options_.losses;
  without_complexity.lambda_complexity = 0.0;
  const auto entropy =
      architecture_terms(supernet_->architecture_logits(), costs_, without_complexity);
  return is_finite(entropy) ? "L_Comp" : "L_Arch";
}

}  // namespace bench::clearer
