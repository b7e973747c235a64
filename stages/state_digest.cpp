#include "stages/state_digest.h"

#include <torch/types.h>

#include <sstream>

#include "core/digest/sha256.h"

namespace bench::stages {

std::string state_digest(const training::State& state) {
  std::ostringstream lines;
  for (const auto& tensor : state.tensors) {
    if (tensor.name.starts_with("search.")) continue;
    const auto value = tensor.value.detach().to(torch::kCPU).contiguous();
    const std::string_view bytes(static_cast<const char*>(value.const_data_ptr()), value.nbytes());
    lines << tensor.name << ' ' << value.scalar_type() << ' ' << value.sizes() << ' '
          << digest::sha256_hex(bytes) << '\n';
  }
  return digest::sha256_hex(lines.str());
}

}  // namespace bench::stages
