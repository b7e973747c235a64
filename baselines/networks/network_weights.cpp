#include "baselines/networks/network_weights.h"

#include <torch/nn/module.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <map>

#include "baselines/catalogue/method.h"
#include "baselines/networks/dncnn.h"
#include "baselines/weights/tensor_checks.h"
#include "baselines/weights/weights_error.h"

namespace bench::baselines {
namespace {

using Network = std::shared_ptr<training::RestorationNetwork>;
using weights::ElementType;
using weights::TensorView;

bool is_optional(const std::string& name) {
  return name.ends_with("num_batches_tracked");
}

/// All that a module keeps, by name.
std::map<std::string, torch::Tensor> kept_tensors(const torch::nn::Module& module) {
  std::map<std::string, torch::Tensor> kept;
  for (const auto& parameter : module.named_parameters()) kept[parameter.key()] = parameter.value();
  for (const auto& buffer : module.named_buffers()) kept[buffer.key()] = buffer.value();
  return kept;
}

torch::ScalarType scalar_type(const std::string& where, const TensorView& tensor) {
  switch (tensor.type) {
    case ElementType::kFloat16:
      return torch::kFloat16;
    case ElementType::kBfloat16:
      return torch::kBFloat16;
    case ElementType::kFloat32:
      return torch::kFloat32;
    case ElementType::kFloat64:
      return torch::kFloat64;
    case ElementType::kInt64:
      return torch::kInt64;
    default:
      throw weights::WeightsError(where + ": tensor \"" + tensor.name +
                                  "\": expected floating-point weights, found " +
                                  std::string(weights::to_string(tensor.type)));
  }
}

torch::Tensor to_torch(const std::string& where, const TensorView& tensor) {
  auto copy = torch::empty(tensor.shape, scalar_type(where, tensor));
  if (!tensor.bytes.empty()) {
    std::memcpy(copy.data_ptr(), tensor.bytes.data(), tensor.bytes.size());
  }
  return copy;
}

std::vector<weights::ExpectedTensor> expected_tensors(
    const std::map<std::string, torch::Tensor>& kept, std::span<const TensorView> tensors) {
  std::vector<weights::ExpectedTensor> expected;
  for (const auto& [name, value] : kept) {
    const bool present = std::any_of(tensors.begin(), tensors.end(),
                                     [&](const auto& tensor) { return tensor.name == name; });
    if (present || !is_optional(name)) expected.push_back({name, value.sizes().vec()});
  }
  return expected;
}

bool fits(const Network& network, std::span<const TensorView> tensors) {
  try {
    weights::require_tensors("", tensors, expected_tensors(kept_tensors(*network), tensors));
    return true;
  } catch (const weights::WeightsError&) {
    return false;
  }
}

/// "14.weight" -> 14 and ".weight"; -1 where there is no number.
std::pair<int, std::string> split_index(const std::string& text) {
  int index = -1;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), index);
  return {index, std::string(read.ptr, text.data() + text.size())};
}

std::string our_dncnn_name(const std::string& name) {
  if (name.starts_with("model.")) {
    // Convolutions and ReLUs alternate.
    const auto [index, rest] = split_index(name.substr(6));
    return "conv" + std::to_string(index / 2) + rest;
  }
  if (name.starts_with("dncnn.")) {
    // conv, ReLU, then (conv, norm, ReLU) again and again, then conv.
    const auto [index, rest] = split_index(name.substr(6));
    if (index < 2) return "conv0" + rest;
    const auto layer = std::to_string((index - 2) / 3 + 1);
    return ((index - 2) % 3 == 0 ? "conv" : "norm") + layer + rest;
  }
  return name;
}

bool is_dncnn(std::string_view method) {
  return method == "dncnn_s" || method == "dncnn_b";
}

/// Every form that weights of this method may have, the usual one first.
std::vector<Network> forms(std::string_view method, const NetworkOptions& options) {
  const auto usual = catalogue::method(method).image_channels;
  std::vector<Network> networks;
  for (const std::int64_t channels : {usual, 4 - usual}) {
    networks.push_back(make_network(method, channels, options));
    if (!is_dncnn(method)) continue;
    DnCnnOptions form{.image_channels = channels, .convolutions = method == "dncnn_s" ? 17 : 20};
    form.first_bias = false;
    networks.push_back(std::make_shared<DnCnn>(form));
    form.batch_norm = false;
    networks.push_back(std::make_shared<DnCnn>(form));
  }
  return networks;
}

}  // namespace

void load_weights(torch::nn::Module& module, const std::string& where,
                  std::span<const TensorView> tensors) {
  auto kept = kept_tensors(module);
  weights::require_tensors(where, tensors, expected_tensors(kept, tensors));
  weights::require_finite(where, tensors);
  const torch::NoGradGuard no_grad;
  for (const auto& tensor : tensors) kept.at(tensor.name).copy_(to_torch(where, tensor));
}

std::vector<TensorView> in_our_names(std::string_view method, std::span<const TensorView> tensors) {
  std::vector<TensorView> renamed(tensors.begin(), tensors.end());
  for (auto& tensor : renamed) {
    if (tensor.name.starts_with("module.")) tensor.name = tensor.name.substr(7);
    if (is_dncnn(method)) tensor.name = our_dncnn_name(tensor.name);
  }
  return renamed;
}

std::shared_ptr<training::RestorationNetwork> load_network(std::string_view method,
                                                           const std::string& where,
                                                           std::span<const TensorView> tensors,
                                                           const NetworkOptions& options) {
  const auto renamed = in_our_names(method, tensors);
  const auto candidates = forms(method, options);
  const auto fitting = std::find_if(candidates.begin(), candidates.end(),
                                    [&](const auto& network) { return fits(network, renamed); });
  // Without a fit, loading into the usual form says what is missing.
  const auto network = fitting == candidates.end() ? candidates.front() : *fitting;
  load_weights(*network, where, renamed);
  network->eval();
  return network;
}

}  // namespace bench::baselines
