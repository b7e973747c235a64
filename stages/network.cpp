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

}  // namespace

std::shared_ptr<RestorationNetwork> make_network(const exchange::NetworkSettings& settings,
                                                 std::int64_t image_channels, std::uint64_t seed) {
  if (settings.kind == "clearer") {
    return std::make_shared<clearer::DerivedNetwork>(
        with_image_channels(settings.space, image_channels),
        clearer::parse_architecture(settings.architecture),
        at::make_generator<at::CPUGeneratorImpl>(weights_seed(settings, seed)));
  }
  if (settings.kind == "network") return make_method(settings, image_channels, seed);
  throw std::runtime_error("\"" + settings.kind + "\" is no trainable network");
}

}  // namespace bench::stages
