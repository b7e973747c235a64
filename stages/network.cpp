#include "stages/network.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <stdexcept>

#include "baselines/networks/networks.h"
#include "clearer/network/derived_network.h"
#include "core/randomness/stream.h"

namespace bench::stages {
namespace {

using training::RestorationNetwork;

std::uint64_t weights_seed(const exchange::NetworkSettings& settings, std::uint64_t seed) {
  // A fixed method has no architecture, CLEARER's networks have no method.
  const std::string name = settings.method + settings.architecture;
  return randomness::Stream(seed, "weights/" + settings.kind + "/" + name).next();
}

std::shared_ptr<RestorationNetwork> make_method(const exchange::NetworkSettings& settings,
                                                std::int64_t image_channels, std::uint64_t seed) {
  // The baselines draw their first weights as LibTorch's modules do, from its own generator.
  torch::manual_seed(weights_seed(settings, seed));
  return baselines::make_network(
      settings.method, image_channels,
      {.architecture = settings.architecture, .sizes = settings.options});
}

clearer::Normalization normalization_of(const std::string& name) {
  if (name == "instance") return clearer::Normalization::kInstance;
  if (name == "none") return clearer::Normalization::kNone;
  return clearer::Normalization::kBatch;
}

clearer::Initialization initialization_of(const exchange::SpaceSettings& settings) {
  using clearer::Initialization;
  const std::string& name = settings.initialization;
  if (name == "released") return Initialization::kReleased;
  if (name == "kaiming-plain") return Initialization::kKaiming;
  if (name == "kaiming-last-zeroed") return Initialization::kKaimingLastZeroed;
  // A last layer of zeros only makes sense where something is added to it.
  return settings.global_residual ? Initialization::kKaimingLastZeroed : Initialization::kKaiming;
}

}  // namespace

clearer::SearchSpace search_space_of(const exchange::SpaceSettings& settings,
                                     std::int64_t image_channels) {
  clearer::SearchSpace space{
      .image_channels = image_channels, .channels = settings.channels, .modules = settings.modules};
  space.branches = settings.branches > 0 ? settings.branches
                                         : static_cast<std::int64_t>(settings.channels.size());
  if (settings.stem == "parallel") space.stem = clearer::Stem::kParallel;
  if (settings.head == "3x3") space.head = clearer::Head::kConvolution3x3;
  space.global_residual = settings.global_residual;
  space.cross_scale_fusion = settings.fusion_exchange;
  if (settings.order == "transition-last") space.order = clearer::ModuleOrder::kCellFirst;
  if (settings.upsampling == "bilinear") space.upsampling = clearer::Upsampling::kBilinear;
  space.normalization = normalization_of(settings.normalization);
  space.initialization = initialization_of(settings);
  return space;
}

std::shared_ptr<RestorationNetwork> make_network(const exchange::NetworkSettings& settings,
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
