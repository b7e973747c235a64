#include "stages/restoration.h"

#include <torch/types.h>

#include "stages/classical_restoration.h"
#include "stages/device.h"
#include "stages/image_tensor.h"
#include "stages/loaded_network.h"
#include "training/inference.h"

namespace bench::stages {
namespace {

using datasets::FloatImage;

Restoration restoration_by(std::shared_ptr<training::RestorationNetwork> network,
                           const exchange::Machine& machine, bool self_ensemble) {
  const auto device = prepare_device(machine);
  network->to(device);
  const auto restorer = std::make_shared<const training::Restorer>(
      network, training::InferenceOptions{.self_ensemble = self_ensemble,
                                          .precision = machine.precision,
                                          .layout = machine.layout});
  return [restorer, device](const FloatImage& degraded) {
    return image_of(restorer->restore(tensor_of(degraded).to(device)));
  };
}

}  // namespace

Restoration make_restoration(const Stage& stage, const exchange::EvaluateStage& settings,
                             bool self_ensemble) {
  for (const auto& input : stage.request.inputs) {
    if (input.role == "model") {
      return restoration_by(load_model(stage.folder / input.folder), settings.machine,
                            self_ensemble);
    }
  }
  if (!settings.network.weights_file.empty()) {
    return restoration_by(
        load_given_weights(settings.network, stage.request.data_root, settings.task.channels,
                           settings.task.degradation.sigma_8bit),
        settings.machine, self_ensemble);
  }
  if (settings.network.kind == "degraded") {
    return [](const FloatImage& degraded) { return degraded; };
  }
  return classical_restoration(settings.network.method, settings.task.degradation.sigma_8bit,
                               static_cast<int>(settings.machine.threads));
}

}  // namespace bench::stages
