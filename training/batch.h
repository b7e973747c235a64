#pragma once

#include <torch/types.h>

#include <cstdint>
#include <functional>

namespace bench::training {

/// One batch of training pairs, both [N, C, H, W] of one shape.
struct Batch {
  torch::Tensor degraded;
  torch::Tensor target;
};

/// The batch of a step (counted from 0). A pure function of the step: the same step gives the
/// same batch, whenever and however often it is asked, so a resumed run has no stream to restore.
using BatchSource = std::function<Batch(std::int64_t step)>;

}  // namespace bench::training
