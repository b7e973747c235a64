#pragma once

#include "stages/exchange/settings.h"

namespace bench::exchange {

/// A search space in which no value is its default: what gets lost on the way is seen.
inline SpaceSettings space_of_every_option() {
  return {.channels = {4, 8, 16},
          .modules = {2, 1, 2, 3},
          .branches = 2,
          .stem = "parallel",
          .head = "3x3",
          .global_residual = true,
          .initialization = "kaiming-plain",
          .order = "transition-last",
          .fusion_exchange = false,
          .normalization = "instance",
          .upsampling = "bilinear"};
}

/// The same of a search; all but its recipe `weights`.
inline SearchSettings search_of_every_option() {
  return {.strategy = "evolution",
          .semantics = "as-released",
          .warm_up_fraction = 0.25,
          .image_budget = 1000,
          .weight_steps_per_architecture_step = 3,
          .architecture_data = "test-split-as-released",
          .architecture_optimizer = "sgd",
          .architecture_learning_rate = 0.5,
          .architecture_learning_rate_min = 0.125,
          .architecture_schedule = "cosine",
          .architecture_steps_per_epoch = 20,
          .architecture_momentum = 0.75,
          .architecture_beta1 = 0.25,
          .architecture_beta2 = 0.875,
          .architecture_weight_decay = 0.0625,
          .second_order_radius = 0.5,
          .architecture_batch_norm = "train",
          .lambda_architecture = 0.5,
          .lambda_complexity = 2,
          .architecture_loss_sign = 1,
          .architecture_loss_form = "log10-mean",
          .complexity_cost = "parameters",
          .candidates = 9,
          .population = 4,
          .tournament = 2,
          .shared_weights = false};
}

}  // namespace bench::exchange
