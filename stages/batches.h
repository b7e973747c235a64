#pragma once

#include <torch/types.h>

#include <memory>
#include <string>
#include <vector>

#include "datasets/patch_sampler.h"
#include "stages/exchange/settings.h"
#include "training/batch.h"

namespace bench::stages {

/// Training batches as tensors on `device`. Streams are named by task and purpose, not by
/// contestant: with one seed all contestants see the same patches and noise, which takes that
/// spread out of their comparison.
training::BatchSource batch_source(std::shared_ptr<const std::vector<datasets::Example>> examples,
                                   const exchange::TaskSettings& task,
                                   const training::Recipe& recipe, datasets::Subset subset,
                                   std::uint64_t seed, const std::string& purpose,
                                   torch::Device device);

}  // namespace bench::stages
