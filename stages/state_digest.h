#pragma once

#include <string>

#include "training/state.h"

namespace bench::stages {

/// SHA-256 of what a search or training ended with: names, types, shapes and bytes of the tensors
/// (weights, batch-norm statistics, moments of the optimizers). Tensors whose names begin with
/// "search." are left out: they hold seconds. Two runs have one digest if and only if they ended
/// bit-identically.
std::string state_digest(const training::State& state);

}  // namespace bench::stages
