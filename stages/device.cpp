#include "stages/device.h"

#include <torch/cuda.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <stdexcept>

namespace bench::stages {

torch::Device prepare_device(const exchange::Machine& machine) {
  torch::set_num_threads(static_cast<int>(machine.threads));
  torch::manual_seed(0);  // nothing draws from the global generator; if it did, it would repeat
  if (machine.device == exchange::Device::kCpu) return torch::kCPU;
  if (!torch::cuda::is_available()) {
    throw std::runtime_error(
        "device \"cuda\": LibTorch finds no GPU. Use a machine with a GPU and a CUDA build of "
        "LibTorch (Torch_DIR), or set machine.device to \"cpu\"");
  }
  return {torch::kCUDA, 0};
}

void synchronize(torch::Device device) {
  if (device.is_cuda()) torch::cuda::synchronize(device.index());
}

training::Recipe on_machine(training::Recipe recipe, const exchange::Machine& machine) {
  recipe.precision = machine.precision;
  recipe.layout = machine.layout;
  return recipe;
}

}  // namespace bench::stages
