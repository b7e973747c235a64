#include "training/module_state.h"

#include <torch/nn/module.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <charconv>
#include <sstream>
#include <stdexcept>

namespace bench::training {

void append_module_state(const torch::nn::Module& module, const std::string& prefix, State& state) {
  for (const auto& entry : module.named_parameters()) {
    state.tensors.push_back({prefix + entry.key(), entry.value().detach().clone()});
  }
  for (const auto& entry : module.named_buffers()) {
    state.tensors.push_back({prefix + entry.key(), entry.value().detach().clone()});
  }
}

void copy_exactly(const std::string& name, const torch::Tensor& value, torch::Tensor target) {
  if (value.sizes() != target.sizes() || value.scalar_type() != target.scalar_type()) {
    std::ostringstream message;
    message << "restore: tensor \"" << name << "\" is " << value.scalar_type() << " "
            << value.sizes() << ", expected " << target.scalar_type() << " " << target.sizes()
            << "; the checkpoint belongs to another network";
    throw std::invalid_argument(message.str());
  }
  torch::NoGradGuard no_grad;
  target.copy_(value);
}

const torch::Tensor& tensor_in(const State& state, const std::string& name) {
  for (const auto& tensor : state.tensors) {
    if (tensor.name == name) return tensor.value;
  }
  throw std::invalid_argument("restore: tensor \"" + name + "\" is missing among " +
                              std::to_string(state.tensors.size()) + " tensors");
}

std::int64_t count_in(const State& state, const std::string& name) {
  const auto found = state.facts.find(name);
  std::int64_t count = 0;
  if (found != state.facts.end()) {
    const auto& text = found->second;
    const auto end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, count);
    if (parsed.ec == std::errc() && parsed.ptr == end) return count;
  }
  throw std::invalid_argument(
      "restore: fact \"" + name + "\" is " +
      (found == state.facts.end() ? "missing" : "\"" + found->second + "\"") +
      ", expected a whole number");
}

void restore_module_state(torch::nn::Module& module, const std::string& prefix,
                          const State& state) {
  std::map<std::string, const torch::Tensor*> by_name;
  for (const auto& tensor : state.tensors) by_name[tensor.name] = &tensor.value;
  const auto restore = [&](const auto& entries) {
    for (const auto& entry : entries) {
      const auto found = by_name.find(prefix + entry.key());
      if (found == by_name.end()) tensor_in(state, prefix + entry.key());
      copy_exactly(prefix + entry.key(), *found->second, entry.value());
    }
  };
  restore(module.named_parameters());
  restore(module.named_buffers());
}

}  // namespace bench::training
