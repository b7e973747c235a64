#pragma once

#include <string>
#include <utility>
#include <vector>

namespace bench::stages {

/// (name, value): LibTorch's version, threads and vector level, the processor, the kernels that are
/// used on it, and the GPUs that LibTorch sees. \throws as training::kernel_variant
std::vector<std::pair<std::string, std::string>> environment();

/// LibTorch appends a back trace to its messages: a user reads the first line.
std::string first_line(const std::string& message);

}  // namespace bench::stages
