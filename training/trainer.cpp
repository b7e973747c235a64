#include "training/trainer.h"

#include <torch/types.h>

#include <cmath>
#include <stdexcept>

#include "training/gradients.h"
#include "training/losses.h"
#include "training/module_state.h"
#include "training/precision.h"

namespace bench::training {
namespace {

/// An overflow in the update itself shows in no gradient; the weights are looked at this often.
constexpr std::int64_t kStepsBetweenWeightChecks = 50;

Recipe checked(const Recipe& recipe) {
  validate(recipe);
  return recipe;
}

}  // namespace

Trainer::Trainer(std::shared_ptr<RestorationNetwork> network, const Recipe& recipe,
                 BatchSource batches)
    : network_(std::move(network)),
      recipe_(checked(recipe)),
      batches_(std::move(batches)),
      parameters_(network_->parameters()) {
  TORCH_CHECK(!parameters_.empty(), "Trainer: the network has no weights to train");
  set_layout(parameters_, recipe_.layout);
  optimizer_ = make_optimizer(recipe_.optimizer, parameters_);
  network_->train();
}

Batch Trainer::checked_batch() const {
  auto batch = batches_(position_);
  TORCH_CHECK(batch.degraded.dim() == 4 && batch.degraded.sizes() == batch.target.sizes(),
              "Trainer: step ", position_, ": expected two [N, C, H, W] tensors of one shape, got ",
              batch.degraded.sizes(), " degraded and ", batch.target.sizes(), " target");
  const auto place = parameters_.front().options();
  return {in_layout(batch.degraded.to(place), recipe_.layout),
          in_layout(batch.target.to(place), recipe_.layout)};
}

void Trainer::report_divergence(const Batch& batch) const {
  if (!all_finite({batch.degraded})) throw DivergenceError(position_, "degraded");
  if (!all_finite({batch.target})) throw DivergenceError(position_, "target");
  if (!all_finite(parameters_)) throw DivergenceError(position_, "weights");
  throw DivergenceError(position_, "L_Res");
}

StepReport Trainer::step() {
  const auto batch = checked_batch();
  network_->train();
  clear_gradients(parameters_);
  torch::Tensor loss;
  {
    const PrecisionScope scope(recipe_.precision, parameters_.front().device());
    std::vector<torch::Tensor> outputs;
    if (recipe_.supervision == Supervision::kLastOutput) {
      outputs = {network_->forward(batch.degraded)};
    } else {
      outputs = network_->forward_all(batch.degraded);
    }
    for (auto& output : outputs) output = output.to(batch.target.scalar_type());
    loss = restoration_loss(recipe_.loss, outputs, batch.target);
  }
  const double loss_value = loss.item<double>();
  if (!std::isfinite(loss_value)) report_divergence(batch);
  loss.backward();
  const double norm = gradient_norm(parameters_);
  if (!std::isfinite(norm)) throw DivergenceError(position_, "gradient");

  const double rate = learning_rate_at(recipe_.schedule, position_, recipe_.steps);
  optimizer_->step(rate, clipping_scale(norm, recipe_.gradient_norm_limit));
  const bool last = position_ + 1 >= recipe_.steps;
  if ((last || (position_ + 1) % kStepsBetweenWeightChecks == 0) && !all_finite(parameters_)) {
    throw DivergenceError(position_, "weights");
  }
  return {position_++, loss_value, norm, rate};
}

void Trainer::run(std::int64_t until, const Observer& observer) {
  const auto end = std::min(until, recipe_.steps);
  while (position_ < end) {
    const auto report = step();
    if (observer && !observer(report)) return;
  }
}

State Trainer::state() const {
  if (!all_finite(parameters_)) throw DivergenceError(position_, "weights");
  State state;
  append_module_state(*network_, "network.", state);
  optimizer_->append_state("optimizer.", state);
  state.facts["position"] = std::to_string(position_);
  state.facts["steps"] = std::to_string(recipe_.steps);
  return state;
}

void Trainer::restore(const State& state) {
  const auto steps = count_in(state, "steps");
  if (steps != recipe_.steps) {
    throw std::invalid_argument("restore: the state belongs to a run of " + std::to_string(steps) +
                                " steps, this one has " + std::to_string(recipe_.steps));
  }
  restore_module_state(*network_, "network.", state);
  optimizer_->restore_state("optimizer.", state);
  position_ = count_in(state, "position");
}

}  // namespace bench::training
