#include "baselines/networks/cell.h"

#include <torch/types.h>

#include <string>

namespace bench::baselines {

DerivedCellImpl::DerivedCellImpl(const Genotype& genotype, const CellOperationOptions& options)
    : genotype_(genotype) {
  TORCH_CHECK(genotype.edges.size() == kCellNodes * kEdgesPerNode, "DerivedCell: expected ",
              kCellNodes * kEdgesPerNode, " edges, got ", genotype.edges.size());
  for (const auto& edge : genotype.edges) {
    operations_.push_back(make_cell_operation(edge.operation, options));
    register_module("edge" + std::to_string(operations_.size() - 1), operations_.back());
  }
}

torch::Tensor DerivedCellImpl::forward(const torch::Tensor& state0, const torch::Tensor& state1) {
  std::vector<torch::Tensor> states{state0, state1};
  for (std::size_t edge = 0; edge < operations_.size(); edge += kEdgesPerNode) {
    torch::Tensor node;
    for (std::size_t i = edge; i < edge + kEdgesPerNode; ++i) {
      const auto term = operations_[i]->forward(states[genotype_.edges[i].state]);
      node = node.defined() ? node + term : term;
    }
    states.push_back(node);
  }
  return torch::cat(std::vector<torch::Tensor>(states.begin() + 2, states.end()), 1);
}

SearchedCellImpl::SearchedCellImpl(const CellOperationOptions& options)
    : zero_operation_(static_cast<std::int64_t>(operation_index(options.space, "none"))) {
  for (std::size_t edge = 0; edge < kCellEdges; ++edge) {
    auto& on_edge = operations_.emplace_back();
    for (const auto& name : operation_names(options.space)) {
      on_edge.push_back(make_cell_operation(name, options));
      register_module("edge" + std::to_string(edge) + "_" + name, on_edge.back());
    }
  }
}

torch::Tensor SearchedCellImpl::mix(std::size_t edge, const torch::Tensor& state,
                                    const torch::Tensor& weights) {
  const auto row = weights[static_cast<std::int64_t>(edge)];
  torch::Tensor sum;
  for (std::size_t i = 0; i < operations_[edge].size(); ++i) {
    const auto index = static_cast<std::int64_t>(i);
    // Its product is zero whatever its weight, which still counts in the softmax.
    if (index == zero_operation_) continue;
    const auto term = row[index] * operations_[edge][i]->forward(state);
    sum = sum.defined() ? sum + term : term;
  }
  return sum;
}

torch::Tensor SearchedCellImpl::forward(const torch::Tensor& state0, const torch::Tensor& state1,
                                        const torch::Tensor& weights) {
  std::vector<torch::Tensor> states{state0, state1};
  std::size_t edge = 0;
  for (std::size_t node = 0; node < kCellNodes; ++node) {
    torch::Tensor sum;
    for (std::size_t state = 0; state < 2 + node; ++state) {
      const auto term = mix(edge++, states[state], weights);
      sum = sum.defined() ? sum + term : term;
    }
    states.push_back(sum);
  }
  return torch::cat(std::vector<torch::Tensor>(states.begin() + 2, states.end()), 1);
}

}  // namespace bench::baselines
