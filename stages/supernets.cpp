#include "stages/supernets.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <stdexcept>

#include "baselines/networks/networks.h"
#include "baselines/networks/relaxed_supernet.h"

namespace bench::stages {

clearer::Supernet make_supernet(const clearer::SearchSpace& space,
                                clearer::SupernetSemantics semantics, std::uint64_t seed,
                                torch::Device device) {
  clearer::Supernet supernet(space, semantics, at::make_generator<at::CPUGeneratorImpl>(seed));
  supernet->to(device);
  return supernet;
}

std::shared_ptr<training::RelaxedNetwork> make_method_supernet(
    const std::string& method, const std::map<std::string, double>& sizes,
    std::int64_t image_channels, std::uint64_t seed, const clearer::SearchOptions& options,
    torch::Device device) {
  // It draws its first weights as LibTorch's modules do, from LibTorch's own generator.
  torch::manual_seed(seed);
  const auto supernet = std::dynamic_pointer_cast<baselines::SearchableNetwork>(
      baselines::make_network(method + "_supernet", image_channels, {.sizes = sizes}));
  if (!supernet) throw std::runtime_error("method " + method + " has no supernet");
  supernet->to(device);
  return std::make_shared<baselines::RelaxedSupernet>(
      supernet, baselines::SupernetPassOptions{options.weights.loss, options.weights.precision,
                                               options.weights.layout});
}

}  // namespace bench::stages
