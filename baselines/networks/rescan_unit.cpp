#include "baselines/networks/rescan_unit.h"

#include <torch/types.h>

#include <string>

#include "baselines/networks/convolution.h"

namespace bench::baselines {
namespace {

std::vector<std::string> gate_names(RecurrentKind kind) {
  switch (kind) {
    case RecurrentKind::kNone:
    case RecurrentKind::kRnn:
      return {"candidate"};
    case RecurrentKind::kGru:
      return {"update", "reset", "candidate"};
    case RecurrentKind::kLstm:
      return {"forget", "input", "output", "candidate"};
  }
  return {};
}

}  // namespace

RescanUnitImpl::RescanUnitImpl(const RescanUnitOptions& options)
    : kind_(options.kind), excitation_(options.channels, kSqueezedUnits) {
  for (const auto& name : gate_names(kind_)) {
    on_features_.push_back(register_module(
        name + "_on_features",
        same_convolution(options.from_channels, options.channels, {.dilation = options.dilation})));
  }
  if (kind_ != RecurrentKind::kNone) {
    for (const auto& name : gate_names(kind_)) {
      on_hidden_.push_back(register_module(name + "_on_hidden",
                                           same_convolution(options.channels, options.channels)));
    }
  }
  register_module("excitation", excitation_);
}

torch::Tensor RescanUnitImpl::gate(std::size_t index, const torch::Tensor& features,
                                   const torch::Tensor& hidden) {
  const auto from_features = on_features_[index]->forward(features);
  // In the first stage the whole term is absent, its bias included.
  return hidden.defined() ? from_features + on_hidden_[index]->forward(hidden) : from_features;
}

RescanState RescanUnitImpl::recur_gru(const torch::Tensor& features, const torch::Tensor& hidden) {
  const auto update = torch::sigmoid(gate(0, features, hidden));
  if (!hidden.defined()) return {update * torch::tanh(gate(2, features, hidden)), {}};
  const auto reset = torch::sigmoid(gate(1, features, hidden));
  const auto candidate = torch::tanh(gate(2, features, reset * hidden));
  return {(1 - update) * hidden + update * candidate, {}};
}

RescanState RescanUnitImpl::recur_lstm(const torch::Tensor& features, const RescanState& before) {
  auto cell = torch::sigmoid(gate(1, features, before.hidden)) *
              torch::tanh(gate(3, features, before.hidden));
  if (before.cell.defined()) {
    cell = cell + torch::sigmoid(gate(0, features, before.hidden)) * before.cell;
  }
  return {torch::sigmoid(gate(2, features, before.hidden)) * torch::tanh(cell), cell};
}

RescanState RescanUnitImpl::recur(const torch::Tensor& features, const RescanState& before) {
  switch (kind_) {
    case RecurrentKind::kNone:
      return {on_features_.front()->forward(features), {}};
    case RecurrentKind::kRnn:
      return {torch::tanh(gate(0, features, before.hidden)), {}};
    case RecurrentKind::kGru:
      return recur_gru(features, before.hidden);
    case RecurrentKind::kLstm:
      return recur_lstm(features, before);
  }
  return {};
}

RescanState RescanUnitImpl::forward(const torch::Tensor& features, const RescanState& before) {
  auto state = recur(features, before);
  state.hidden = torch::leaky_relu(excitation_->forward(state.hidden), kRescanLeak);
  return state;
}

}  // namespace bench::baselines
