#include "stages/device.h"

#include <torch/cuda.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <stdexcept>

namespace bench::stages {

torch::Device prepare_device(const exchange::Machine& machine) {
  torch::set_num_threads(static_cast<int>(machine.threads));
  torch::manual_seed(0);  // nothing draws from the global generator; if it did, it would repeat
  if (machine.device == "cpu") return torch::kCPU;
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

training::Precision precision_of(const exchange::Machine& machine) {
  return machine.precision == "bf16" ? training::Precision::kBfloat16
                                     : training::Precision::kFloat32;
}

training::Layout layout_of(const exchange::Machine& machine) {
  return machine.layout == "nchw" ? training::Layout::kNchw : training::Layout::kChannelsLast;
}

}  // namespace bench::stages
