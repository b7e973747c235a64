#include "baselines/networks/hinas.h"

#include <torch/nn/modules/activation.h>
#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/container/sequential.h>
#include <torch/types.h>

#include <cmath>
#include <string>

#include "baselines/networks/convolution.h"

namespace bench::baselines {
namespace {

constexpr std::int64_t kStemChannels = 64;
constexpr double kLeak = 0.2;

torch::nn::LeakyReLU leaky() {
  return torch::nn::LeakyReLU(torch::nn::LeakyReLUOptions().negative_slope(kLeak));
}

/// A 1x1 convolution and batch normalization between two widths.
torch::nn::Sequential scaler(std::int64_t from_channels, std::int64_t channels, bool affine) {
  return torch::nn::Sequential(
      leaky(), same_convolution(from_channels, channels, {.kernel = 1, .bias = false}),
      torch::nn::BatchNorm2d(torch::nn::BatchNorm2dOptions(channels).affine(affine)));
}

std::int64_t node_channels(std::int64_t features, std::size_t width) {
  return std::llround(static_cast<double>(features) * kHiNasWidths.at(width));
}

std::int64_t layer_channels(std::int64_t features, std::size_t width) {
  return static_cast<std::int64_t>(kCellNodes) * node_channels(features, width);
}

/// Channels of a layer's output at each width.
std::vector<std::int64_t> all_layer_channels(std::int64_t features) {
  std::vector<std::int64_t> channels;
  for (std::size_t width = 0; width < kHiNasWidths.size(); ++width) {
    channels.push_back(layer_channels(features, width));
  }
  return channels;
}

}  // namespace

HiNasFrameImpl::HiNasFrameImpl(std::int64_t image_channels)
    : stem0_(same_convolution(image_channels, kStemChannels, {.bias = false}),
             torch::nn::BatchNorm2d(kStemChannels)),
      stem1_(leaky(), same_convolution(kStemChannels, kStemChannels, {.bias = false}),
             torch::nn::BatchNorm2d(kStemChannels)),
      decoder_(make_cell_operation("sep_3x3",
                                   {.space = CellSpace::kHiNas, .channels = 2 * kStemChannels})) {
  decoder_->push_back(leaky());
  decoder_->push_back(same_convolution(2 * kStemChannels, image_channels));
  register_module("stem0", stem0_);
  register_module("stem1", stem1_);
  register_module("decoder", decoder_);
}

std::pair<torch::Tensor, torch::Tensor> HiNasFrameImpl::stem(const torch::Tensor& degraded) {
  const auto first = stem0_->forward(degraded);
  return {first, stem1_->forward(first)};
}

torch::Tensor HiNasFrameImpl::decode(const torch::Tensor& stem, const torch::Tensor& features) {
  return decoder_->forward(torch::cat({stem, features}, 1));
}

HiNasNetwork::HiNasNetwork(const HiNasOptions& options, const HiNasArchitecture& architecture)
    : frame_(options.image_channels) {
  std::array<std::int64_t, 2> inputs{kStemChannels, kStemChannels};
  for (std::size_t i = 0; i < architecture.size(); ++i) {
    const auto index = std::to_string(i);
    const auto channels = node_channels(options.features, architecture[i].width);
    for (const std::size_t input : {0, 1}) {
      scale_.push_back(register_module("scale" + index + "_" + std::to_string(input),
                                       scaler(inputs.at(input), channels, /*affine=*/true)));
    }
    cells_.push_back(register_module(
        "cell" + index,
        DerivedCell(architecture[i].cell,
                    CellOperationOptions{.space = CellSpace::kHiNas, .channels = channels})));
    inputs = {inputs[1], layer_channels(options.features, architecture[i].width)};
  }
  gather_ = register_module("gather", scaler(inputs[1], kStemChannels, /*affine=*/true));
  // Last, so that the last convolution of the network is the one to the image.
  register_module("frame", frame_);
}

torch::Tensor HiNasNetwork::forward(const torch::Tensor& degraded) {
  auto [before, last] = frame_->stem(degraded);
  const auto stem = last;
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    const auto next =
        cells_[i]->forward(scale_[2 * i]->forward(before), scale_[2 * i + 1]->forward(last));
    before = last;
    last = next;
  }
  return degraded - frame_->decode(stem, gather_->forward(last));
}

HiNasSupernet::HiNasSupernet(const HiNasOptions& options) : frame_(options.image_channels) {
  for (std::size_t layer = 0; layer < kHiNasLayers; ++layer) {
    add_logits(layer);
    scale_.emplace_back();
    cells_.emplace_back();
    for (std::size_t width = 0; width < kHiNasWidths.size(); ++width) {
      add_cell(layer, width, options.features);
    }
  }
  for (std::size_t width = 0; width < kHiNasWidths.size(); ++width) {
    gather_.push_back(register_module(
        "gather" + std::to_string(width),
        scaler(layer_channels(options.features, width), kStemChannels, /*affine=*/false)));
  }
  register_module("frame", frame_);
}

void HiNasSupernet::add_logits(std::size_t layer) {
  const auto widths = static_cast<std::int64_t>(kHiNasWidths.size());
  const auto operations = static_cast<std::int64_t>(operation_names(CellSpace::kHiNas).size());
  const auto index = std::to_string(layer);
  // All ones, as released: softmax makes them uniform.
  operation_logits_.push_back(
      register_parameter("architecture_operations" + index,
                         torch::ones({static_cast<std::int64_t>(kCellEdges), operations})));
  width_logits_.push_back(register_parameter("architecture_widths" + index,
                                             torch::ones({layer == 0 ? 1 : widths, widths})));
}

void HiNasSupernet::add_cell(std::size_t layer, std::size_t width, std::int64_t features) {
  const auto name = std::to_string(layer) + "_" + std::to_string(width);
  const auto channels = node_channels(features, width);
  auto& inputs = scale_.back().emplace_back();
  for (const std::size_t input : {0, 1}) {
    // Input 1 comes from the layer before, input 0 from the one before that; both start at the
    // stem.
    const bool from_stem = layer < 2 - input;
    for (const auto from : from_stem ? std::vector{kStemChannels} : all_layer_channels(features)) {
      const auto index = std::to_string(input) + "_" + std::to_string(inputs.at(input).size());
      inputs.at(input).push_back(
          register_module("scale" + name + "_" + index, scaler(from, channels, /*affine=*/false)));
    }
  }
  const CellOperationOptions operations{
      .space = CellSpace::kHiNas, .channels = channels, .affine = false};
  cells_.back().push_back(register_module("cell" + name, SearchedCell(operations)));
}

torch::Tensor HiNasSupernet::scaled(std::size_t layer, std::size_t width, std::size_t input,
                                    const States& states, const torch::Tensor& weights) {
  auto& scalers = scale_[layer][width].at(input);
  torch::Tensor sum;
  for (std::size_t from = 0; from < states.size(); ++from) {
    const auto term =
        weights[static_cast<std::int64_t>(from)] * scalers[from]->forward(states[from]);
    sum = sum.defined() ? sum + term : term;
  }
  return sum;
}

torch::Tensor HiNasSupernet::forward(const torch::Tensor& degraded) {
  const auto [stem0, stem1] = frame_->stem(degraded);
  States before{stem0};
  States last{stem1};
  // Probability that the path goes through each state, from the widths chosen so far.
  auto before_probability = torch::ones({1}, degraded.options());
  auto last_probability = before_probability;
  for (std::size_t layer = 0; layer < cells_.size(); ++layer) {
    const auto transition = torch::softmax(width_logits_[layer], -1);
    const auto operations = torch::softmax(operation_logits_[layer], -1);
    States next;
    for (std::size_t width = 0; width < kHiNasWidths.size(); ++width) {
      const auto into = transition.select(1, static_cast<std::int64_t>(width));
      next.push_back(
          cells_[layer][width]->forward(scaled(layer, width, 0, before, before_probability),
                                        scaled(layer, width, 1, last, into), operations));
    }
    before = last;
    before_probability = last_probability;
    last = next;
    last_probability = torch::matmul(last_probability, transition);
  }
  torch::Tensor gathered;
  for (std::size_t width = 0; width < last.size(); ++width) {
    const auto term =
        last_probability[static_cast<std::int64_t>(width)] * gather_[width]->forward(last[width]);
    gathered = gathered.defined() ? gathered + term : term;
  }
  return degraded - frame_->decode(stem1, gathered);
}

std::vector<torch::Tensor> HiNasSupernet::architecture_parameters() const {
  auto parameters = operation_logits_;
  parameters.insert(parameters.end(), width_logits_.begin(), width_logits_.end());
  return parameters;
}

std::string HiNasSupernet::derived_architecture() const {
  WidthTransitions transitions;
  for (const auto& logits : width_logits_) transitions.push_back(softmax_rows(logits));
  const auto widths = most_probable_widths(transitions);
  HiNasArchitecture architecture;
  for (std::size_t layer = 0; layer < widths.size(); ++layer) {
    architecture.push_back(
        {widths[layer],
         derive_genotype(CellSpace::kHiNas, softmax_rows(operation_logits_[layer]))});
  }
  return to_string(architecture);
}

}  // namespace bench::baselines
