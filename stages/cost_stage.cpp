#include <torch/nn/module.h>
#include <torch/types.h>

#include <algorithm>

#include "metrics/complexity_record.h"
#include "stages/classical_restoration.h"
#include "stages/device.h"
#include "stages/latencies.h"
#include "stages/loaded_network.h"
#include "stages/network.h"
#include "stages/stage.h"
#include "training/complexity.h"
#include "training/inference.h"

namespace bench::stages {
namespace {

using exchange::CostStage;
using metrics::ComplexityRecord;

// Of the noise that some methods are told to remove; their time depends little on it.
constexpr double kSigma8Bit = 25;

std::int64_t weight_bytes(const torch::nn::Module& network) {
  std::int64_t bytes = 0;
  for (const auto& parameter : network.parameters()) {
    bytes += static_cast<std::int64_t>(parameter.nbytes());
  }
  for (const auto& buffer : network.buffers()) bytes += static_cast<std::int64_t>(buffer.nbytes());
  return bytes;
}

// LibTorch loads parts of itself at its first convolution: they are no method's memory.
void load_convolutions() {
  torch::conv2d(torch::zeros({1, 1, 8, 8}), torch::zeros({1, 1, 3, 3}));
}

std::shared_ptr<training::RestorationNetwork> network_of(const CostStage& settings,
                                                         const std::string& data_root) {
  if (settings.network.weights_file.empty()) {
    return make_network(settings.network, settings.channels, 0);
  }
  return load_given_weights(settings.network, data_root, settings.channels, kSigma8Bit);
}

// Memory and time are of what restores: batch normalizations folded, in its layout and precision.
ComplexityRecord network_cost(const CostStage& settings, const std::string& data_root) {
  const torch::Device device = prepare_device(settings.machine);
  load_convolutions();
  const auto resident_before = largest_resident_bytes();
  const auto network = network_of(settings, data_root);
  network->to(device);
  const auto image =
      torch::rand({settings.batch, settings.channels, settings.height, settings.width}).to(device);
  const training::Restorer restorer(
      network, {.precision = settings.machine.precision, .layout = settings.machine.layout});
  const auto restore = [&] {
    const auto restored = restorer.restore(image);
    synchronize(device);
  };
  ComplexityRecord cost;
  cost.activation_bytes = training::peak_bytes(device.type(), restore);
  cost.latency_ms = call_milliseconds(restore, settings.repetitions);
  const auto tensor_bytes = weight_bytes(*network) + *cost.activation_bytes;
  cost.peak_memory_bytes = device.is_cpu()
                               ? std::max(tensor_bytes, largest_resident_bytes() - resident_before)
                               : tensor_bytes;
  // Last: they take more memory than restoring does.
  const auto counts =
      training::complexity(*network, training::padded(image, network->side_multiple()));
  cost.parameters = counts.parameters;
  cost.macs = counts.convolution_macs / settings.batch;
  return cost;
}

ComplexityRecord classical_cost(const CostStage& settings) {
  prepare_device(settings.machine);
  const auto restore = classical_restoration(settings.network.method, kSigma8Bit,
                                             static_cast<int>(settings.machine.threads));
  const auto values = torch::rand({settings.channels, settings.height, settings.width});
  const auto* first = values.const_data_ptr<float>();
  const datasets::FloatImage image{static_cast<int>(settings.channels),
                                   static_cast<int>(settings.height),
                                   static_cast<int>(settings.width),
                                   {first, first + values.numel()}};
  const auto resident_before = largest_resident_bytes();
  ComplexityRecord cost{.parameters = 0};
  cost.latency_ms = call_milliseconds(
      [&] {
        for (std::int64_t i = 0; i < settings.batch; ++i) restore(image);
      },
      settings.repetitions);
  cost.peak_memory_bytes = largest_resident_bytes() - resident_before;
  return cost;
}

exchange::StageResult result_of(const ComplexityRecord& cost) {
  exchange::StageResult result;
  const auto add = [&](const char* name, const char* unit, std::optional<std::int64_t> value) {
    if (value) result.quantities.push_back({name, unit, static_cast<double>(*value)});
  };
  add(metrics::kParameters, "", cost.parameters);
  add(metrics::kMacs, "", cost.macs);
  add(metrics::kActivationBytes, "bytes", cost.activation_bytes);
  add(metrics::kPeakMemoryBytes, "bytes", cost.peak_memory_bytes);
  add(metrics::kImages, "images", cost.images);
  for (std::size_t i = 0; i < cost.latency_ms.size(); ++i) {
    result.quantities.push_back(
        {metrics::kLatencyMs, "ms", cost.latency_ms[i], static_cast<std::int64_t>(i)});
  }
  return result;
}

}  // namespace

exchange::StageResult measure_cost(Stage& stage) {
  const auto settings = exchange::parse_cost_stage(stage.request.settings_json);
  if (settings.step != "forward") {
    load_convolutions();
    return result_of(step_cost(settings));
  }
  return result_of(settings.network.kind == "classical"
                       ? classical_cost(settings)
                       : network_cost(settings, stage.request.data_root));
}

}  // namespace bench::stages
