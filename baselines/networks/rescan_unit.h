#pragma once

#include <torch/nn/module.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/pimpl.h>

#include <cstdint>
#include <utility>
#include <vector>

#include "baselines/networks/squeeze_excitation.h"

namespace bench::baselines {

inline constexpr std::int64_t kSqueezedUnits = 6;  ///< of a squeeze-and-excitation block
inline constexpr double kRescanLeak = 0.2;         ///< slope of the leaky ReLUs below zero

/// How a layer of RESCAN remembers what it saw in the stage before.
enum class RecurrentKind : std::uint8_t { kNone, kRnn, kGru, kLstm };

struct RescanUnitOptions {
  std::int64_t from_channels = 24;
  std::int64_t channels = 24;
  std::int64_t dilation = 1;  ///< of the convolutions on the features; those on the state have 1
  RecurrentKind kind = RecurrentKind::kGru;
};

/// What a layer hands to itself in the next stage; undefined tensors before the first.
struct RescanState {
  torch::Tensor hidden;
  torch::Tensor cell;  ///< LSTM only
};

/// One layer of (RE)SCAN (Li et al., ECCV 2018): a convolutional recurrent unit, then
/// squeeze-and-excitation, then LeakyReLU 0.2. What it hands on is the result of all three.
class RescanUnitImpl : public torch::nn::Module {
 public:
  explicit RescanUnitImpl(const RescanUnitOptions& options);

  RescanState forward(const torch::Tensor& features, const RescanState& before);

 private:
  torch::Tensor gate(std::size_t index, const torch::Tensor& features, const torch::Tensor& hidden);
  RescanState recur(const torch::Tensor& features, const RescanState& before);
  RescanState recur_gru(const torch::Tensor& features, const torch::Tensor& hidden);
  RescanState recur_lstm(const torch::Tensor& features, const RescanState& before);

  RecurrentKind kind_;
  std::vector<torch::nn::Conv2d> on_features_;  ///< one per gate
  std::vector<torch::nn::Conv2d> on_hidden_;    ///< one per gate; none without recurrence
  SqueezeExcitation excitation_;
};
TORCH_MODULE(RescanUnit);

}  // namespace bench::baselines
