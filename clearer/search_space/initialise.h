#pragma once

#include <torch/nn/module.h>
#include <torch/types.h>

#include "clearer/search_space/search_space.h"

namespace bench::clearer {

/// Draws the first weights in the order of the parameters, so that a seed decides them, on every
/// device: they are drawn on the CPU. Normalisations start as the identity, biases at 0.
/// \param generator  a CPU generator
void initialise(torch::nn::Module& network, Initialisation initialisation,
                torch::Generator generator);

}  // namespace bench::clearer
