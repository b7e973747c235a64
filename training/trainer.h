#pragma once

#include <torch/types.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "training/batch.h"
#include "training/divergence.h"
#include "training/network.h"
#include "training/optimizer.h"
#include "training/recipe/recipe.h"
#include "training/state.h"

namespace bench::training {

/// What one training step saw.
struct StepReport {
  std::int64_t step;     ///< counted from 0
  double loss;           ///< before the update
  double gradient_norm;  ///< before clipping
  double learning_rate;
};

/// Trains one network, step by step. Its state may be taken after any step; a trainer restored
/// from it goes on with bit-identical weights (same machine, threads and settings).
/// Not thread-safe. The network stays in training mode between steps.
class Trainer {
 public:
  /// Called after each step; return false to stop `run` there.
  using Observer = std::function<bool(const StepReport&)>;

  /// \param network  on the device to train on; its weights are changed in place
  /// \throws std::invalid_argument for an impossible recipe
  Trainer(std::shared_ptr<RestorationNetwork> network, const Recipe& recipe, BatchSource batches);

  /// Steps done so far; the next step has this number.
  std::int64_t position() const { return position_; }
  bool finished() const { return position_ >= recipe_.steps; }

  /// One step.
  /// \throws DivergenceError naming the step and what was not finite; the weights are then those
  ///         before the step (unless "weights" is what it names)
  StepReport step();

  /// Steps until `until` steps (or the recipe's) are done or the observer says stop.
  void run(std::int64_t until, const Observer& observer);

  /// Weights, batch-norm statistics, optimizer moments, position.
  /// \throws DivergenceError if the weights are not finite: a broken state is never saved
  State state() const;

  /// \throws std::invalid_argument naming what does not fit
  void restore(const State& state);

 private:
  Batch checked_batch() const;
  [[noreturn]] void report_divergence(const Batch& batch) const;

  const std::shared_ptr<RestorationNetwork> network_;
  const Recipe recipe_;
  const BatchSource batches_;
  std::vector<torch::Tensor> parameters_;
  std::unique_ptr<Optimizer> optimizer_;
  std::int64_t position_ = 0;
};

}  // namespace bench::training
