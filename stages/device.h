#pragma once

#include <torch/types.h>

#include "stages/exchange/settings.h"
#include "training/recipe/recipe.h"

namespace bench::stages {

/// Sets the number of threads and gives the device that a stage computes on.
/// \throws std::runtime_error if it asks for a GPU and LibTorch sees none.
torch::Device prepare_device(const exchange::Machine& machine);

/// Waits until the device has done all that it was given: before a time is taken.
void synchronize(torch::Device device);

/// The recipe as it is carried out on that machine.
training::Recipe on_machine(training::Recipe recipe, const exchange::Machine& machine);

}  // namespace bench::stages
