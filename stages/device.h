#pragma once

#include <torch/types.h>

#include "stage_files/settings.h"
#include "training/recipe.h"

namespace bench::stages {

/// Sets the number of threads and gives the device that a stage computes on.
/// \throws std::runtime_error if it asks for a GPU and LibTorch sees none.
torch::Device prepare_device(const stage_files::Machine& machine);

/// Waits until the device has done all that it was given: before a time is taken.
void synchronise(torch::Device device);

training::Precision precision_of(const stage_files::Machine& machine);
training::Layout layout_of(const stage_files::Machine& machine);

}  // namespace bench::stages
