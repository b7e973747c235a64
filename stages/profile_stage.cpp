#include <torch/torch.h>

#include <chrono>

#include "stages/device.h"
#include "stages/network.h"
#include "stages/stage.h"
#include "training/complexity.h"
#include "training/inference.h"

namespace bench::stages {
namespace {

constexpr int kWarmUpPasses = 3;

// The forward pass alone, picture and network on the device, from a synchronised device to a
// synchronised device.
double pass_milliseconds(const training::Restorer& restorer, const torch::Tensor& picture,
                         torch::Device device) {
  synchronise(device);
  const auto start = std::chrono::steady_clock::now();
  const auto restored = restorer.restore(picture);
  synchronise(device);
  const std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now() - start;
  return time.count();
}

}  // namespace

stage_files::StageResult profile(Stage& stage) {
  const auto settings = stage_files::parse_profile_stage(stage.request.settings_json);
  const torch::Device device = prepare_device(settings.machine);
  auto network = make_network(settings.network, settings.channels, 0);
  network->to(device);
  const auto picture = torch::full(
      {settings.batch, settings.channels, settings.height, settings.width}, 0.5, device);
  const auto complexity = training::complexity(*network, picture);
  stage_files::StageResult result;
  result.quantities = {{"parameters", "", static_cast<double>(complexity.parameters)},
                       {"macs", "", static_cast<double>(complexity.convolution_macs)},
                       {"activation_bytes", "bytes", static_cast<double>(complexity.peak_bytes)}};
  const training::Restorer restorer(network, {.precision = precision_of(settings.machine),
                                              .layout = layout_of(settings.machine)});
  for (int i = 0; i < kWarmUpPasses; ++i) pass_milliseconds(restorer, picture, device);
  for (std::int64_t i = 0; i < settings.repetitions; ++i) {
    result.quantities.push_back(
        {"latency_ms", "ms", pass_milliseconds(restorer, picture, device), i});
  }
  return result;
}

}  // namespace bench::stages
