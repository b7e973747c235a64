#include "baselines/networks/searchable_network.h"

#include <torch/types.h>

namespace bench::baselines {

std::vector<torch::Tensor> SearchableNetwork::weight_parameters() const {
  std::vector<torch::Tensor> weights;
  for (const auto& parameter : named_parameters()) {
    if (!parameter.key().starts_with("architecture")) weights.push_back(parameter.value());
  }
  return weights;
}

std::vector<std::vector<double>> softmax_rows(const torch::Tensor& logits) {
  const auto weights =
      torch::softmax(logits.detach().to(torch::kCPU, torch::kFloat64), -1).contiguous();
  const auto columns = weights.size(-1);
  std::vector<std::vector<double>> rows;
  for (std::int64_t row = 0; row < weights.numel() / columns; ++row) {
    const auto* begin = weights.data_ptr<double>() + row * columns;
    rows.emplace_back(begin, begin + columns);
  }
  return rows;
}

}  // namespace bench::baselines
