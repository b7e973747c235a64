#pragma once

#include "training/recipe/recipe.h"

namespace bench::clearer {

/// How `train_search.py` as released with CLEARER trains the supernet's weights.
inline training::Recipe released_weights(std::int64_t steps) {
  return {.steps = steps,
          .optimizer = {.kind = training::OptimizerKind::kSgd, .weight_decay = 3e-4},
          .schedule = {.learning_rate = 0.025, .learning_rate_min = 0.001, .steps_per_epoch = 50}};
}

}  // namespace bench::clearer
