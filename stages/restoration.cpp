#include "stages/restoration.h"

#include <torch/torch.h>

#include <cstring>
#include <stdexcept>

#include "stages/classical_restoration.h"
#include "stages/device.h"
#include "stages/network.h"
#include "stages/tensor_file.h"
#include "training/inference.h"
#include "training/module_state.h"

namespace bench::stages {
namespace {

using datasets::FloatPicture;

torch::Tensor tensor_of(const FloatPicture& picture) {
  return torch::from_blob(const_cast<float*>(picture.samples.data()),
                          {1, picture.channels, picture.height, picture.width})
      .clone();
}

FloatPicture picture_of(const torch::Tensor& restored) {
  const auto plain = restored.to(torch::kCPU, torch::kFloat32).contiguous();
  FloatPicture picture{.channels = static_cast<int>(plain.size(1)),
                       .height = static_cast<int>(plain.size(2)),
                       .width = static_cast<int>(plain.size(3)),
                       .samples = std::vector<float>(static_cast<std::size_t>(plain.numel()))};
  std::memcpy(picture.samples.data(), plain.const_data_ptr<float>(),
              picture.samples.size() * sizeof(float));
  return picture;
}

Restoration trained_network(const std::filesystem::path& model_folder,
                            const stage_files::Machine& machine, bool self_ensemble) {
  const auto device = prepare_device(machine);
  training::State model = read_tensors(model_folder / "artifacts/model.safetensors");
  const auto settings = stage_files::parse_network_settings(model.facts.at("network"));
  auto network = make_network(settings, std::stoll(model.facts.at("image_channels")), 0);
  training::restore_module_state(*network, "", model);
  network->to(device);
  const auto restorer = std::make_shared<const training::Restorer>(
      network, training::InferenceOptions{.self_ensemble = self_ensemble,
                                          .precision = precision_of(machine),
                                          .layout = layout_of(machine)});
  return [restorer, device](const FloatPicture& degraded) {
    return picture_of(restorer->restore(tensor_of(degraded).to(device)));
  };
}

}  // namespace

Restoration make_restoration(const Stage& stage, const stage_files::EvaluateStage& settings,
                             bool self_ensemble) {
  for (const auto& input : stage.request.inputs) {
    if (input.role == "model") {
      return trained_network(stage.folder / input.folder, settings.machine, self_ensemble);
    }
  }
  if (settings.network.kind == "degraded") {
    return [](const FloatPicture& degraded) { return degraded; };
  }
  return classical_restoration(settings.network.method, settings.task.degradation.sigma_8bit,
                               static_cast<int>(settings.machine.threads));
}

}  // namespace bench::stages
