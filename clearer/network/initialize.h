#pragma once

#include <torch/nn/module.h>
#include <torch/types.h>

#include "clearer/space/search_space.h"

namespace bench::clearer {

/// Draws the first weights in the order of the parameters, so that a seed decides them, on every
/// device: they are drawn on the CPU. Normalizations start as the identity, biases at 0.
/// \param generator  a CPU generator
void initialize(torch::nn::Module& network, const SearchSpace& space, torch::Generator generator);

}  // namespace bench::clearer
