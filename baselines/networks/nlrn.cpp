#include "baselines/networks/nlrn.h"

#include <torch/nn/modules/batchnorm.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <string>

#include "baselines/networks/convolution.h"

namespace bench::baselines {
namespace {

/// [N, C, H, W] -> [N, 1, H W, C], the one head of an attention.
torch::Tensor as_sequence(const torch::Tensor& planes) {
  return planes.flatten(2).transpose(1, 2).unsqueeze(1);
}

/// The fast kernels, which never hold all weights at once, want keys as wide as values. Zeros
/// change no product.
torch::Tensor widened(const torch::Tensor& keys, std::int64_t width) {
  return torch::constant_pad_nd(keys, {0, width - keys.size(-1)});
}

/// The candidates of each tile. With a graph they are gathered in one operation: the way back of
/// one a tile would fill a tensor of the whole image for each. Without, that would only cost
/// memory.
class Gathered {
 public:
  Gathered(torch::Tensor all, const std::vector<NeighborhoodTile>& tiles)
      : all_(std::move(all)), tiles_(tiles) {
    if (!at::GradMode::is_enabled()) return;
    std::vector<torch::Tensor> places;
    std::vector<std::int64_t> counts;
    for (const auto& tile : tiles) {
      places.push_back(tile.candidates);
      counts.push_back(tile.candidates.numel());
    }
    at_once_ = all_.index_select(2, torch::cat(places)).split_with_sizes(counts, 2);
  }

  torch::Tensor tile(std::size_t i) const {
    return at_once_.empty() ? all_.index_select(2, tiles_[i].candidates) : at_once_[i];
  }

 private:
  const torch::Tensor all_;
  const std::vector<NeighborhoodTile>& tiles_;
  std::vector<torch::Tensor> at_once_;
};

}  // namespace

NonLocalImpl::NonLocalImpl(std::int64_t features)
    : theta_(same_convolution(features, features / 2, {.kernel = 1})),
      phi_(same_convolution(features, features / 2, {.kernel = 1})),
      g_(same_convolution(features, features, {.kernel = 1})) {
  register_module("theta", theta_);
  register_module("phi", phi_);
  register_module("g", g_);
  const torch::NoGradGuard no_grad;
  g_->weight.zero_();
  g_->bias.zero_();
}

torch::Tensor NonLocalImpl::forward(const torch::Tensor& features,
                                    const std::vector<NeighborhoodTile>& tiles) {
  const auto channels = features.size(1);
  const auto queries = widened(as_sequence(theta_->forward(features)), channels);
  const auto keys = widened(as_sequence(phi_->forward(features)), channels);
  const auto values = as_sequence(g_->forward(features));
  const Gathered keys_of(keys, tiles), values_of(values, tiles);
  std::vector<torch::Tensor> order, sums;
  std::vector<std::int64_t> counts;
  for (const auto& tile : tiles) {
    order.push_back(tile.queries);
    counts.push_back(tile.queries.numel());
  }
  const auto in_tiles = torch::cat(order);
  const auto asking = queries.index_select(2, in_tiles).split_with_sizes(counts, 2);
  for (std::size_t i = 0; i < tiles.size(); ++i) {
    // One tile: every window is the whole image.
    const auto mask = tiles.size() == 1 ? std::nullopt : std::make_optional(tiles[i].inside);
    sums.push_back(
        at::scaled_dot_product_attention(asking[i], keys_of.tile(i), values_of.tile(i), mask,
                                         /*dropout_p=*/0.0, /*is_causal=*/false, /*scale=*/1.0));
  }
  const auto in_order = torch::cat(sums, 2).index_select(2, in_tiles.argsort());
  return features + in_order.squeeze(1).transpose(1, 2).reshape_as(features);
}

Nlrn::Nlrn(const NlrnOptions& options)
    : window_(options.window),
      input_norm_(options.image_channels),
      extract_(same_convolution(options.image_channels, options.features)),
      non_local_(options.features),
      first_(same_convolution(options.features, options.features)),
      second_(same_convolution(options.features, options.features)),
      output_norm_(options.features),
      to_image_(same_convolution(options.features, options.image_channels)) {
  register_module("input_norm", input_norm_);
  register_module("extract", extract_);
  register_module("non_local", non_local_);
  register_module("first", first_);
  register_module("second", second_);
  for (std::int64_t step = 0; step < options.steps; ++step) {
    const auto norm = [&](const char* place) {
      return register_module("norm" + std::to_string(step) + "_" + place,
                             torch::nn::BatchNorm2d(options.features));
    };
    norms_.push_back({norm("before_non_local"), norm("before_first"), norm("before_second")});
  }
  register_module("output_norm", output_norm_);
  register_module("to_image", to_image_);
}

torch::Tensor Nlrn::forward(const torch::Tensor& degraded) {
  const auto features = extract_->forward(input_norm_->forward(degraded));
  const auto tiles =
      neighborhood_tiles(degraded.size(2), degraded.size(3), window_, degraded.device());
  auto state = features;
  for (auto& norms : norms_) {
    auto next = non_local_->forward(torch::relu(norms.before_non_local->forward(state)), tiles);
    next = first_->forward(norms.before_first->forward(next));
    next = second_->forward(torch::relu(norms.before_second->forward(next)));
    state = next + features;
  }
  return degraded + to_image_->forward(torch::relu(output_norm_->forward(state)));
}

}  // namespace bench::baselines
