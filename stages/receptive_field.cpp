#include "stages/receptive_field.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/autograd.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>

namespace bench::stages {
namespace {

// Every convolution becomes a mean of its window, every normalization nothing: ReLUs stay open and
// no gradient cancels another.
void open_all_paths(training::RestorationNetwork& network) {
  torch::NoGradGuard no_graph;
  network.eval();
  network.to(torch::kCPU, torch::kFloat64);
  for (const auto& parameter : network.named_parameters()) {
    auto value = parameter.value();
    value.requires_grad_(false);
    if (value.dim() >= 2) {
      value.fill_(static_cast<double>(value.size(0)) / static_cast<double>(value.numel()));
    } else {
      value.fill_(parameter.key().ends_with("weight") ? 1 : 0);
    }
  }
  for (const auto& buffer : network.named_buffers()) {
    if (buffer.key().ends_with("running_mean")) buffer.value().zero_();
    if (buffer.key().ends_with("running_var")) buffer.value().fill_(1);
  }
}

}  // namespace

std::optional<std::int64_t> receptive_radius(training::RestorationNetwork& scratch,
                                             std::int64_t image_channels, std::int64_t limit) {
  open_all_paths(scratch);
  const auto multiple = scratch.side_multiple();
  const auto whole = [&](std::int64_t side) { return (side + multiple - 1) / multiple * multiple; };
  const auto height = whole(2 * limit + multiple + 1), width = whole(16), center = whole(limit);
  const auto draw = at::make_generator<at::CPUGeneratorImpl>(0);
  const auto options = torch::TensorOptions().dtype(torch::kFloat64);
  auto image = torch::rand({1, image_channels, height, width}, draw, options) * 0.5 + 0.5;
  image.requires_grad_(true);
  const auto restored = scratch.forward(image);
  const auto seen_by = [&](std::int64_t row) {
    const auto seen =
        torch::autograd::grad({restored.select(2, row).sum()}, {image}, {}, true).front();
    return seen.abs().sum({0, 1, 3}).nonzero().flatten();
  };
  std::int64_t radius = 0;
  // Where there is a pyramid, rows see differently far, with its largest step as period.
  for (auto row = center; row < center + multiple; ++row) {
    const auto rows = seen_by(row);
    if (rows.numel() == 0) continue;
    const auto first = rows.min().item<std::int64_t>(), last = rows.max().item<std::int64_t>();
    if (first == 0 || last == height - 1) return std::nullopt;
    radius = std::max({radius, row - first, last - row});
  }
  // Windows that are pushed inwards at the edge see farther there than in the middle.
  for (std::int64_t row = 0; row < multiple; ++row) {
    const auto rows = seen_by(row);
    if (rows.numel() > 0) radius = std::max(radius, rows.max().item<std::int64_t>() - row);
  }
  if (radius > limit) return std::nullopt;
  // Which pixel of its window a maximum looks at depends on the values.
  return radius + multiple - 1;
}

}  // namespace bench::stages
