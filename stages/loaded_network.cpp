#include "stages/loaded_network.h"

#include <torch/types.h>
#include <torch/utils.h>

#include <stdexcept>

#include "baselines/networks/network_weights.h"
#include "baselines/weights/weights_file.h"
#include "core/digest/sha256.h"
#include "stages/network.h"
#include "stages/tensor_file.h"
#include "training/module_state.h"

namespace bench::stages {

std::shared_ptr<training::RestorationNetwork> load_model(const std::filesystem::path& folder) {
  const training::State model = read_tensors(folder / "artifacts/model.safetensors");
  const auto settings = exchange::parse_network_settings(model.facts.at("network"));
  auto network = make_network(settings, std::stoll(model.facts.at("image_channels")), 0);
  training::restore_module_state(*network, "", model);
  return network;
}

std::shared_ptr<training::RestorationNetwork> load_weights_file(const std::string& method,
                                                                const std::filesystem::path& file,
                                                                const std::string& key,
                                                                double sigma_8bit) {
  const auto content = weights::WeightsFile::open(file, {.key = key});
  return baselines::load_network(method, file.string(), content.tensors(),
                                 {.sigma_8bit = sigma_8bit});
}

std::shared_ptr<training::RestorationNetwork> load_given_weights(
    const exchange::NetworkSettings& settings, const std::filesystem::path& data_root,
    std::int64_t image_channels, double sigma_8bit) {
  const auto file = data_root / "weights" / settings.weights_file;
  const std::string found = digest::sha256_hex_of_file(file);
  if (found != settings.weights_sha256) {
    throw std::runtime_error(file.string() + ": expected the content of SHA-256 " +
                             settings.weights_sha256 + ", found " + found +
                             ". The file has changed since the plan was made; run again");
  }
  if (settings.kind == "clearer") {
    auto network = make_network(settings, image_channels, 0);
    const auto content = weights::WeightsFile::open(file, {.key = settings.weights_key});
    baselines::load_weights(*network, file.string(), content.tensors());
    network->eval();
    return network;
  }
  auto network = load_weights_file(settings.method, file, settings.weights_key, sigma_8bit);
  const auto channels = image_channels_of(*network);
  if (channels != image_channels) {
    throw std::runtime_error(file.string() + ": expected weights that restore images of " +
                             std::to_string(image_channels) +
                             (image_channels == 1 ? " channel" : " channels") +
                             " as in the task, found " + std::to_string(channels));
  }
  return network;
}

std::int64_t image_channels_of(training::RestorationNetwork& network) {
  network.eval();
  torch::NoGradGuard no_graph;
  const auto parameters = network.parameters();
  const auto multiple = network.side_multiple();
  const auto side = (32 + multiple - 1) / multiple * multiple;
  for (const std::int64_t channels : {1, 3}) {
    try {
      const auto image = torch::zeros({1, channels, side, side});
      const auto restored =
          network.forward(parameters.empty() ? image : image.to(parameters.front().options()));
      if (restored.size(1) == channels) return channels;
    } catch (const c10::Error&) {
      continue;  // a convolution of other channels
    }
  }
  throw std::runtime_error("network: expected one for gray or RGB images, found neither");
}

}  // namespace bench::stages
