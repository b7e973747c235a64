#pragma once

#include <torch/types.h>

#include <functional>
#include <string>
#include <vector>

#include "clearer/space/search_space.h"
#include "training/batch.h"
#include "training/recipe/recipe.h"

namespace bench {

/// What is compared, and on what.
struct Settings {
  std::int64_t batch = 8, side = 32;       ///< patches of training and search
  std::int64_t height = 160, width = 240;  ///< the image of the evaluation
  std::vector<std::int64_t> channels = {8, 16, 32, 64};
  std::vector<std::int64_t> modules = {2, 2, 2, 2};
};

/// Something that is timed: one call of `step` is one step on loaded data, from the batch to the
/// updated weights (evaluation: from the image to the restored one).
struct Contender {
  std::string name;
  std::function<void()> step;
};

clearer::SearchSpace space_of(const Settings& settings);

/// One batch of noisy patches of dead leaves, gray, sigma 50; another one each step.
training::BatchSource patches(const Settings& settings);

/// The alternating network under Adam and clipping to 5. "Plain LibTorch": eager NCHW float32,
/// torch::optim and clip_grad_norm_. The others: bench's trainer in each precision and layout.
std::vector<Contender> training_contenders(const Settings& settings);

/// A weight and an architecture step of CLEARER. "Plain LibTorch" also computes every gradient of
/// the architecture step's backward pass, as the released code does.
std::vector<Contender> search_contenders(const Settings& settings);

/// One image through the alternating network: unfused in NCHW, and as bench evaluates.
std::vector<Contender> evaluation_contenders(const Settings& settings);

/// Drawing, degrading and augmenting a batch, beside the training step that it feeds.
std::vector<Contender> data_contenders(const Settings& settings);

/// The loss of each of the first `steps` training steps by contender name, in the order of
/// `training_contenders`: first weights and batches are the same for all.
std::vector<std::pair<std::string, std::vector<double>>> training_losses(const Settings& settings,
                                                                         std::int64_t steps);

}  // namespace bench
