#include "stages/network.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/torch.h>

#include <stdexcept>

#include "baselines/networks.h"
#include "clearer/search_space/derived_network.h"
#include "randomness/stream.h"

namespace bench::stages {
namespace {

using training::RestorationNetwork;

std::uint64_t weights_seed(const stage_files::NetworkSettings& settings, std::uint64_t seed) {
  // A fixed method has no architecture, CLEARER's networks have no method.
  const std::string name = settings.method + settings.architecture;
  return randomness::Stream(seed, "weights/" + settings.kind + "/" + name).next();
}

std::shared_ptr<RestorationNetwork> make_method(const stage_files::NetworkSettings& settings,
                                                std::int64_t image_channels, std::uint64_t seed) {
  // The baselines draw their first weights as LibTorch's modules do, from its own generator.
  torch::manual_seed(weights_seed(settings, seed));
  return baselines::make_network(
      settings.method, image_channels,
      {.architecture = settings.architecture, .sizes = settings.options});
}

}  // namespace

clearer::SearchSpace search_space_of(const stage_files::SpaceSettings& settings,
                                     std::int64_t image_channels) {
  clearer::SearchSpace space{.image_channels = image_channels,
                             .channels = settings.channels,
                             .modules = settings.modules,
                             .branches = static_cast<std::int64_t>(settings.channels.size())};
  space.global_residual = settings.global_residual;
  space.cross_scale_fusion = settings.fusion_exchange;
  if (settings.order == "transition-last") space.order = clearer::ModuleOrder::kCellFirst;
  if (settings.initialization == "kaiming") {
    space.initialisation = settings.global_residual ? clearer::Initialisation::kKaimingLastZeroed
                                                    : clearer::Initialisation::kKaiming;
  }
  return space;
}

std::shared_ptr<RestorationNetwork> make_network(const stage_files::NetworkSettings& settings,
                                                 std::int64_t image_channels, std::uint64_t seed) {
  if (settings.kind == "clearer") {
    return std::make_shared<clearer::DerivedNetwork>(
        search_space_of(settings.space, image_channels),
        clearer::parse_architecture(settings.architecture),
        at::make_generator<at::CPUGeneratorImpl>(weights_seed(settings, seed)));
  }
  if (settings.kind == "network") return make_method(settings, image_channels, seed);
  throw std::runtime_error("\"" + settings.kind + "\" is no trainable network");
}

}  // namespace bench::stages
