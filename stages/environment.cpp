#include "stages/environment.h"

#include <ATen/Version.h>
#include <torch/cuda.h>
#include <torch/types.h>
#include <torch/utils.h>
#include <torch/version.h>

#include "core/files/proc_file.h"
#include "stages/exchange/result.h"
#include "training/kernels/kernel_variant.h"

namespace bench::stages {

std::vector<std::pair<std::string, std::string>> environment() {
  return {{"LibTorch", TORCH_VERSION},
          {"LibTorch CPU capability", at::get_cpu_capability()},
          {"LibTorch threads", std::to_string(torch::get_num_threads())},
          {exchange::kProcessorFact, files::processor_name()},
          {exchange::kKernelsFact, training::kernels_text()},
          {"CUDA devices", std::to_string(torch::cuda::device_count())}};
}

std::string first_line(const std::string& message) {
  return message.substr(0, message.find('\n'));
}

}  // namespace bench::stages
