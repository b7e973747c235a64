#pragma once

#include <torch/nn/module.h>

#include <string>

#include "training/state.h"

namespace bench::training {

/// Appends copies of all parameters and buffers, named `prefix` + their name in the module.
void append_module_state(const torch::nn::Module& module, const std::string& prefix, State& state);

/// Writes them back, in place.
/// \throws std::invalid_argument naming a tensor that is missing or of another shape or type.
void restore_module_state(torch::nn::Module& module, const std::string& prefix, const State& state);

/// The tensor of that name.
/// \throws std::invalid_argument if the state has none.
const torch::Tensor& tensor_in(const State& state, const std::string& name);

/// The fact of that name as a whole number.
/// \throws std::invalid_argument if it is missing or not a number.
std::int64_t count_in(const State& state, const std::string& name);

/// Copies `value` into `target`, which keeps its layout and device.
/// \throws std::invalid_argument with both shapes if they differ.
void copy_exactly(const std::string& name, const torch::Tensor& value, torch::Tensor target);

}  // namespace bench::training
