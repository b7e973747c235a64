#include "baselines/networks/soft_neighbors.h"

#include <torch/types.h>

#include <limits>

namespace bench::baselines {
namespace {

constexpr double kNever = -std::numeric_limits<double>::infinity();

/// log(1 - exp(x)) for x <= 0. Where nothing is left (x = 0) it is -infinity, without a gradient.
torch::Tensor log_of_the_rest(const torch::Tensor& log_weights) {
  const auto taken = log_weights >= -std::numeric_limits<float>::epsilon();
  const auto rest = torch::log(-torch::expm1(log_weights.masked_fill(taken, -1.0)));
  return rest.masked_fill(taken, kNever);
}

}  // namespace

torch::Tensor soft_neighbor_weights(const torch::Tensor& distances,
                                    const torch::Tensor& temperatures, std::int64_t neighbors) {
  TORCH_CHECK(distances.size(-1) >= neighbors, "soft_neighbor_weights: expected at least ",
              neighbors, " candidates, one for each neighbor, got ", distances.size(-1));
  auto logits = -distances / temperatures;
  std::vector<torch::Tensor> weights;
  for (std::int64_t j = 0; j < neighbors; ++j) {
    const auto log_weights = torch::log_softmax(logits, -1);
    weights.push_back(torch::exp(log_weights));
    logits = log_weights + log_of_the_rest(log_weights);
  }
  return torch::stack(weights, -2);
}

}  // namespace bench::baselines
