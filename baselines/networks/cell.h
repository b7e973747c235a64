#pragma once

#include <torch/nn/module.h>
#include <torch/nn/modules/container/sequential.h>
#include <torch/nn/pimpl.h>

#include <cstdint>
#include <vector>

#include "baselines/networks/genotype.h"

namespace bench::baselines {

/// A derived cell: each node is the sum of its two edges, the result all nodes side by side:
/// two inputs [N, C, H, W] -> [N, 4 C, H, W].
class DerivedCellImpl : public torch::nn::Module {
 public:
  DerivedCellImpl(const Genotype& genotype, const CellOperationOptions& options);

  torch::Tensor forward(const torch::Tensor& state0, const torch::Tensor& state1);

 private:
  Genotype genotype_;
  std::vector<torch::nn::Sequential> operations_;  ///< one per edge
};
TORCH_MODULE(DerivedCell);

/// The cell of the supernet: every node sums all operations on all earlier states, weighted.
class SearchedCellImpl : public torch::nn::Module {
 public:
  explicit SearchedCellImpl(const CellOperationOptions& options);

  /// \param weights  [kCellEdges, operations], softmax over the operations already taken
  torch::Tensor forward(const torch::Tensor& state0, const torch::Tensor& state1,
                        const torch::Tensor& weights);

 private:
  torch::Tensor mix(std::size_t edge, const torch::Tensor& state, const torch::Tensor& weights);

  std::vector<std::vector<torch::nn::Sequential>> operations_;  ///< [edge][operation]
  std::int64_t zero_operation_;                                 ///< index of "none"
};
TORCH_MODULE(SearchedCell);

}  // namespace bench::baselines
