#include "baselines/networks/darts.h"

#include <torch/nn/modules/activation.h>
#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/container/sequential.h>
#include <torch/types.h>

#include <string>

#include "baselines/networks/convolution.h"

namespace bench::baselines {
namespace {

CellOperationOptions operations_of(const DartsOptions& options, bool affine) {
  return {.space = CellSpace::kDarts, .channels = options.node_channels, .affine = affine};
}

std::int64_t cell_channels(const DartsOptions& options) {
  return static_cast<std::int64_t>(kCellNodes) * options.node_channels;
}

/// Runs the frame; `apply` gives the output of cell i from its two reduced inputs.
template <typename Apply>
torch::Tensor run(DartsFrame& frame, std::size_t cells, const torch::Tensor& degraded,
                  const Apply& apply) {
  auto before = frame->stem(degraded);
  auto last = before;
  for (std::size_t i = 0; i < cells; ++i) {
    const auto next = apply(i, frame->reduce(i, 0, before), frame->reduce(i, 1, last));
    before = last;
    last = next;
  }
  return degraded - frame->to_image(last);
}

}  // namespace

DartsFrameImpl::DartsFrameImpl(const DartsOptions& options, bool affine)
    : stem_(same_convolution(options.image_channels, cell_channels(options), {.bias = false}),
            torch::nn::BatchNorm2d(cell_channels(options))),
      to_image_(torch::nn::ReLU(),
                same_convolution(cell_channels(options), options.image_channels)) {
  register_module("stem", stem_);
  for (std::int64_t i = 0; i < 2 * options.cells; ++i) {
    reduce_.push_back(register_module(
        "reduce" + std::to_string(i / 2) + (i % 2 == 0 ? "_before" : "_last"),
        torch::nn::Sequential(
            torch::nn::ReLU(),
            same_convolution(cell_channels(options), options.node_channels,
                             {.kernel = 1, .bias = false}),
            torch::nn::BatchNorm2d(
                torch::nn::BatchNorm2dOptions(options.node_channels).affine(affine)))));
  }
  register_module("to_image", to_image_);
}

torch::Tensor DartsFrameImpl::stem(const torch::Tensor& degraded) {
  return stem_->forward(degraded);
}

torch::Tensor DartsFrameImpl::reduce(std::size_t cell, std::size_t input,
                                     const torch::Tensor& features) {
  return reduce_[2 * cell + input]->forward(features);
}

torch::Tensor DartsFrameImpl::to_image(const torch::Tensor& features) {
  return to_image_->forward(features);
}

DartsSupernet::DartsSupernet(const DartsOptions& options) : frame_(options, /*affine=*/false) {
  const auto operations = static_cast<std::int64_t>(operation_names(CellSpace::kDarts).size());
  // Near zero and not all equal, as in the paper: no operation is preferred.
  logits_ =
      register_parameter("architecture_logits",
                         1e-3 * torch::randn({static_cast<std::int64_t>(kCellEdges), operations}));
  for (std::int64_t i = 0; i < options.cells; ++i) {
    cells_.push_back(register_module("cell" + std::to_string(i),
                                     SearchedCell(operations_of(options, /*affine=*/false))));
  }
  register_module("frame", frame_);
}

torch::Tensor DartsSupernet::forward(const torch::Tensor& degraded) {
  const auto weights = torch::softmax(logits_, -1);
  return run(frame_, cells_.size(), degraded,
             [&](std::size_t i, const torch::Tensor& before, const torch::Tensor& last) {
               return cells_[i]->forward(before, last, weights);
             });
}

std::string DartsSupernet::derived_architecture() const {
  return to_string(derive_genotype(CellSpace::kDarts, softmax_rows(logits_)));
}

DartsNetwork::DartsNetwork(const DartsOptions& options, const Genotype& genotype)
    : frame_(options, /*affine=*/true) {
  for (std::int64_t i = 0; i < options.cells; ++i) {
    cells_.push_back(
        register_module("cell" + std::to_string(i),
                        DerivedCell(genotype, operations_of(options, /*affine=*/true))));
  }
  // Last, so that the last convolution of the network is the one to the image.
  register_module("frame", frame_);
}

torch::Tensor DartsNetwork::forward(const torch::Tensor& degraded) {
  return run(frame_, cells_.size(), degraded,
             [&](std::size_t i, const torch::Tensor& before, const torch::Tensor& last) {
               return cells_[i]->forward(before, last);
             });
}

}  // namespace bench::baselines
