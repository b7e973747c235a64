#include "baselines/networks/n3_block.h"

#include <torch/nn/functional/fold.h>
#include <torch/nn/modules/activation.h>
#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/container/sequential.h>
#include <torch/types.h>

#include <vector>

#include "baselines/networks/convolution.h"
#include "baselines/networks/neighborhood.h"
#include "baselines/networks/soft_neighbors.h"
#include "training/precision.h"

namespace bench::baselines {
namespace {

/// Three convolutions, the first two with batch normalization and ReLU.
torch::nn::Sequential small_network(std::int64_t from_channels, std::int64_t hidden,
                                    std::int64_t channels) {
  return torch::nn::Sequential(
      same_convolution(from_channels, hidden, {.bias = false}), torch::nn::BatchNorm2d(hidden),
      torch::nn::ReLU(), same_convolution(hidden, hidden, {.bias = false}),
      torch::nn::BatchNorm2d(hidden), torch::nn::ReLU(), same_convolution(hidden, channels));
}

/// [N, Q, C] squared Euclidean distances of [N, Q, D] and [N, C, D].
torch::Tensor squared_distances(const torch::Tensor& queries, const torch::Tensor& candidates) {
  const auto products = torch::bmm(queries, candidates.transpose(1, 2));
  return (queries.square().sum(2, true) + candidates.square().sum(2).unsqueeze(1) - 2 * products)
      .clamp_min(0);
}

/// [Q, M] positions among the tile's candidates: each query's window without the query itself.
torch::Tensor others_of(const NeighborhoodTile& tile) {
  const auto others =
      tile.inside.logical_and(tile.queries.unsqueeze(1) != tile.candidates.unsqueeze(0));
  return others.nonzero().select(1, 1).view({tile.queries.numel(), -1});
}

/// [N, Q, k, D]: sums of the candidates [N, C, D] by the weights [N, Q, k, M] of `others`.
torch::Tensor weighted_sums(const torch::Tensor& weights, const torch::Tensor& others,
                            const torch::Tensor& candidates) {
  const auto images = weights.size(0), queries = weights.size(1), neighbors = weights.size(2);
  const auto spread =
      torch::zeros({images, queries, neighbors, candidates.size(1)}, weights.options())
          .scatter(3, others.unsqueeze(1).expand_as(weights), weights);
  return torch::bmm(spread.view({images, queries * neighbors, candidates.size(1)}), candidates)
      .view({images, queries, neighbors, candidates.size(2)});
}

}  // namespace

N3BlockImpl::N3BlockImpl(const N3BlockOptions& options)
    : options_(options),
      embedding_(small_network(options.features, options.hidden, options.features)),
      temperature_(small_network(options.features, options.hidden, 1)),
      distance_norm_(1) {
  register_module("embedding", embedding_);
  register_module("temperature", temperature_);
  register_module("distance_norm", distance_norm_);
}

torch::Tensor N3BlockImpl::patches_of(const torch::Tensor& planes) const {
  const auto unfolding =
      torch::nn::functional::UnfoldFuncOptions(options_.patch_side).stride(options_.stride);
  return torch::nn::functional::unfold(planes, unfolding).transpose(1, 2).contiguous();
}

torch::Tensor N3BlockImpl::image_of(const torch::Tensor& patches, std::int64_t height,
                                    std::int64_t width) const {
  const auto folding = torch::nn::functional::FoldFuncOptions({height, width}, options_.patch_side)
                           .stride(options_.stride);
  const auto together = [&](const torch::Tensor& columns) {
    return torch::nn::functional::fold(columns.transpose(1, 2), folding);
  };
  // Patches overlap: every pixel is the mean over those that cover it.
  return together(patches) / together(torch::ones_like(patches.narrow(0, 0, 1)));
}

torch::Tensor N3BlockImpl::neighbors_of(const torch::Tensor& features,
                                        const torch::Tensor& embedded,
                                        const torch::Tensor& log_temperatures) {
  const auto height = features.size(2), width = features.size(3);
  const auto rows = (height - options_.patch_side) / options_.stride + 1;
  const auto columns = (width - options_.patch_side) / options_.stride + 1;
  TORCH_CHECK(rows * columns > options_.neighbors, "N3Net: expected an image of more than ",
              options_.neighbors, " patches (", options_.patch_side, " pixels, one each ",
              options_.stride, "), got one of ", height, " x ", width, " with ", rows * columns);
  const auto tiles = neighborhood_tiles(rows, columns, options_.window, features.device());
  const auto keys = patches_of(embedded), values = patches_of(features);

  std::vector<torch::Tensor> order, others, distances;
  for (const auto& tile : tiles) {
    order.push_back(tile.queries);
    others.push_back(others_of(tile));
    distances.push_back(
        squared_distances(keys.index_select(1, tile.queries), keys.index_select(1, tile.candidates))
            .gather(2, others.back().unsqueeze(0).expand({keys.size(0), -1, -1})));
  }
  const auto in_order = torch::cat(order);
  // Over all pairs of the batch at once: normalized tile by tile they could not be compared.
  const auto raw = torch::cat(distances, 1);
  const auto normed = distance_norm_->forward(raw.reshape({-1, 1})).view_as(raw);
  const auto temperatures = patches_of(log_temperatures).mean(2, true).exp();
  const auto weights =
      soft_neighbor_weights(normed, temperatures.index_select(1, in_order), options_.neighbors);
  std::vector<torch::Tensor> sums;
  std::int64_t done = 0;
  for (std::size_t i = 0; i < tiles.size(); ++i) {
    const auto queries = tiles[i].queries.numel();
    sums.push_back(weighted_sums(weights.narrow(1, done, queries), others[i],
                                 values.index_select(1, tiles[i].candidates)));
    done += queries;
  }
  // [N, L, k, D], back in the grid's order; an image for each image and neighbor.
  const auto found = torch::cat(sums, 1).index_select(1, in_order.argsort()).transpose(1, 2);
  return image_of(found.reshape({-1, found.size(2), found.size(3)}), height, width)
      .view({features.size(0), -1, height, width});
}

torch::Tensor N3BlockImpl::forward(const torch::Tensor& features) {
  TORCH_CHECK(features.size(2) % options_.stride == 0 && features.size(3) % options_.stride == 0 &&
                  features.size(2) >= options_.patch_side &&
                  features.size(3) >= options_.patch_side,
              "N3Block: expected sides that are multiples of ", options_.stride, ", at least ",
              options_.patch_side, ", got ", features.sizes());
  const auto embedded = embedding_->forward(features);
  const auto log_temperatures = temperature_->forward(features);
  // Distances are differences of large numbers, which bfloat16 does not hold.
  const training::PrecisionScope precise(training::Precision::kFloat32, features.device());
  const auto type = features.scalar_type() == torch::kFloat64 ? torch::kFloat64 : torch::kFloat32;
  const auto neighbors =
      neighbors_of(features.to(type), embedded.to(type), log_temperatures.to(type));
  return torch::cat({features, neighbors.to(features.scalar_type())}, 1);
}

}  // namespace bench::baselines
