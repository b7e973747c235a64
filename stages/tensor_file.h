#pragma once

#include <filesystem>

#include "baselines/weights/safetensors.h"
#include "training/state.h"

namespace bench::stages {

/// A state as one safetensors file: tensors by name, facts as its metadata. Written atomically.
void write_tensors(const std::filesystem::path& file, const training::State& state);

/// Inverse of `write_tensors`; the tensors own their memory.
training::State read_tensors(const std::filesystem::path& file);

}  // namespace bench::stages
