#include <torch/types.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "baselines/catalogue/method.h"
#include "datasets/image_file.h"
#include "stages/classical_restoration.h"
#include "stages/device.h"
#include "stages/image_tensor.h"
#include "stages/kept_memory.h"
#include "stages/loaded_network.h"
#include "stages/receptive_field.h"
#include "stages/stage.h"
#include "stages/tiles.h"
#include "training/inference.h"

namespace bench::stages {
namespace {

using datasets::FloatImage;
using exchange::RestoreStage;
using Network = std::shared_ptr<training::RestorationNetwork>;

// Around a tile of a network whose every output depends on the whole image.
constexpr int kOverlapWithoutRadius = 64;

/// What images are restored with, and what is said of it.
struct Method {
  Restoration restore;
  std::int64_t image_channels = 0;  ///< 0: any
  std::vector<std::pair<std::string, std::string>> facts;
};

Network load_network(const Stage& stage, const RestoreStage& settings) {
  const auto& inputs = stage.request.inputs;
  const bool is_trained_here = std::any_of(inputs.begin(), inputs.end(),
                                           [](const auto& input) { return input.role == "model"; });
  return is_trained_here ? load_model(input_folder(stage, "model"))
                         : load_weights_file(settings.network.method, settings.weights,
                                             settings.weights_key, settings.sigma_8bit);
}

bool is_larger_than_a_tile(const RestoreStage& settings) {
  return settings.tile > 0 &&
         std::any_of(settings.files.begin(), settings.files.end(), [&](const auto& file) {
           const auto info = datasets::inspect_image(file.degraded);
           return info.height > settings.tile || info.width > settings.tile;
         });
}

Tiling tiling_of(const Stage& stage, const RestoreStage& settings, Method& method) {
  const Network scratch = load_network(stage, settings);
  Tiling tiling{.tile = static_cast<int>(settings.tile),
                .overlap = static_cast<int>(settings.overlap),
                .multiple = static_cast<int>(scratch->side_multiple())};
  const auto radius = receptive_radius(*scratch, method.image_channels);
  method.facts.emplace_back("receptive_radius",
                            radius ? std::to_string(*radius) : "the whole image");
  if (tiling.overlap < 0) tiling.overlap = static_cast<int>(radius.value_or(kOverlapWithoutRadius));
  method.facts.emplace_back("overlap", std::to_string(tiling.overlap));
  return tiling;
}

Method network_method(const Stage& stage, const RestoreStage& settings) {
  const auto device = prepare_device(settings.machine);
  const Network network = load_network(stage, settings);
  Method method{.image_channels = image_channels_of(*network)};
  network->to(device);
  const auto restorer = std::make_shared<const training::Restorer>(
      network, training::InferenceOptions{.precision = settings.machine.precision,
                                          .layout = settings.machine.layout});
  const Restoration whole = [restorer, device](const FloatImage& degraded) {
    return image_of(restorer->restore(tensor_of(degraded).to(device)));
  };
  method.restore = whole;
  if (!is_larger_than_a_tile(settings)) return method;
  const Tiling tiling = tiling_of(stage, settings, method);
  method.restore = [whole, tiling](const FloatImage& degraded) {
    const bool fits = std::max(degraded.height, degraded.width) <= tiling.tile;
    return fits ? whole(degraded) : restored_in_tiles(whole, degraded, tiling);
  };
  return method;
}

Method method_of(const Stage& stage, const RestoreStage& settings) {
  if (settings.network.kind == "degraded") {
    return {.restore = [](const FloatImage& degraded) { return degraded; }};
  }
  if (settings.network.kind == "classical") {
    const bool gray_only = catalogue::method(settings.network.method).gray_only;
    return {.restore = classical_restoration(settings.network.method, settings.sigma_8bit,
                                             static_cast<int>(settings.machine.threads)),
            .image_channels = gray_only ? 1 : 0};
  }
  return network_method(stage, settings);
}

void require_finite(const FloatImage& restored, const std::string& file) {
  const bool finite = std::all_of(restored.samples.begin(), restored.samples.end(),
                                  [](float value) { return std::isfinite(value); });
  if (finite) return;
  throw std::runtime_error(file +
                           ": the restored image has NaN or infinity. Check that the weights " +
                           "belong to this method");
}

// Of all images before the first is restored: one that the method cannot take ends nothing halfway.
void require_fitting(const Method& method, const exchange::RestoreFile& file) {
  if (method.image_channels == 0) return;
  const auto info = datasets::inspect_image(file.degraded);
  if (info.channels == method.image_channels) return;
  throw std::runtime_error(
      file.degraded + ": expected an image " + (method.image_channels == 1 ? "in gray" : "in RGB") +
      " for this method, found " + datasets::to_string(info) + ". Convert it first");
}

void restore_file(const Method& method, const RestoreStage& settings,
                  const exchange::RestoreFile& file) {
  datasets::ReadOptions options;
  if (settings.drop_alpha) options.alpha = datasets::AlphaPolicy::kDrop;
  if (settings.round_sixteen_bit) options.sixteen_bit = datasets::SixteenBitPolicy::kRound;
  const auto read = datasets::read_image(file.degraded, options);
  const auto restored = method.restore(datasets::to_float(read.image));
  require_finite(restored, file.degraded);
  datasets::write_png(file.restored, datasets::to_bytes(restored));
}

}  // namespace

exchange::StageResult restore(Stage& stage) {
  const auto settings = exchange::parse_restore_stage(stage.request.settings_json);
  const Method method = method_of(stage, settings);
  for (const auto& file : settings.files) require_fitting(method, file);
  const auto count = static_cast<std::int64_t>(settings.files.size());
  KeptMemory kept_memory;
  for (std::int64_t done = 0; done < count; ++done) {
    if (is_interrupted()) throw Interrupted();
    restore_file(method, settings, settings.files[static_cast<std::size_t>(done)]);
    kept_memory.after_image();
    stage.events.progress({.step = done + 1, .steps = count});
  }
  exchange::StageResult result;
  result.quantities = {{"restored_images", "", static_cast<double>(count)}};
  result.facts = method.facts;
  return result;
}

}  // namespace bench::stages
