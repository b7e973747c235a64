#include "clearer/search/gradient_search.h"

#include <torch/types.h>

#include <chrono>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "training/gradients.h"
#include "training/module_state.h"
#include "training/precision.h"

namespace bench::clearer {
namespace {

constexpr double kNotMeasured = std::numeric_limits<double>::quiet_NaN();

SearchOptions checked(const SearchOptions& options) {
  validate(options);
  if (scores_candidates(options.strategy)) {
    throw std::invalid_argument("search: this strategy scores candidates");
  }
  return options;
}

}  // namespace

GradientSearch::GradientSearch(const SearchOptions& options,
                               std::shared_ptr<training::RelaxedNetwork> network,
                               SearchBatches batches)
    : options_(checked(options)),
      steps_per_epoch_(steps_per_epoch(options_)),
      network_(std::move(network)),
      batches_(std::move(batches)),
      weights_(network_->weights()),
      logits_(network_->logits()) {
  training::set_layout(weights_, options_.weights.layout);
  weight_optimizer_ = training::make_optimizer(options_.weights.optimizer, weights_);
  architecture_optimizer_ = training::make_optimizer(options_.architecture_optimizer, logits_);
  network_->module().train();
}

std::int64_t GradientSearch::planned_steps() const {
  return options_.weights.steps;
}

bool GradientSearch::finished() const {
  const bool spent = options_.image_budget > 0 && cost_.images_seen >= options_.image_budget;
  return spent || position_ >= planned_steps();
}

bool GradientSearch::architecture_step_is_due() const {
  const auto warmup = static_cast<std::int64_t>(
      std::llround(options_.warm_up_fraction * static_cast<double>(planned_steps())));
  return position_ >= warmup &&
         (position_ - warmup) % options_.weight_steps_per_architecture_step == 0;
}

SearchStepReport GradientSearch::step() {
  const auto start = std::chrono::steady_clock::now();
  SearchStepReport report{position_, kNotMeasured, kNotMeasured, kNotMeasured, kNotMeasured};
  const bool joint = options_.strategy == StrategyKind::kJoint;
  if (!joint && architecture_step_is_due()) report.architecture_loss = architecture_step();
  weight_step(report);
  ++position_;
  cost_.seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  record(report);
  return report;
}

double GradientSearch::architecture_step() {
  const bool second_order = options_.strategy == StrategyKind::kDartsSecondOrder;
  const bool evaluation = options_.strategy == StrategyKind::kClearer &&
                          options_.architecture_batch_norm == ArchitectureBatchNorm::kEvaluation;
  network_->module().train(!evaluation);
  const auto validation = network_->prepared(batches_.architecture(position_));
  cost_.images_seen += validation.degraded.size(0);
  training::ArchitectureGradient found;
  if (second_order) {
    const auto train = network_->prepared(batches_.weights(position_));
    found = training::second_order_gradient(training::bilevel_problem(*network_, train, validation),
                                            look_ahead());
    cost_.images_seen += 3 * train.degraded.size(0);
  } else {
    found = training::first_order_gradient(
        training::bilevel_problem(*network_, /*train=*/{}, validation));
  }
  const double objective = found.objective.item<double>();
  check_objective(objective, validation);
  descend_architecture(found.gradient);
  network_->module().train();
  return objective;
}

training::LookAhead GradientSearch::look_ahead() const {
  training::LookAhead step{.learning_rate = training::learning_rate_at(options_.weights.schedule,
                                                                       position_, planned_steps()),
                           .momentum = 0.0,
                           .weight_decay = options_.weights.optimizer.weight_decay,
                           .momentum_buffers = {},
                           .radius = options_.second_order_radius};
  if (options_.weights.optimizer.kind == training::OptimizerKind::kSgd) {
    step.momentum = options_.weights.optimizer.momentum;
    step.momentum_buffers = weight_optimizer_->moments();
  }
  return step;
}

void GradientSearch::descend_architecture(const std::vector<torch::Tensor>& gradient) {
  if (!training::all_finite(gradient)) {
    throw training::DivergenceError(position_, "architecture gradient");
  }
  for (std::size_t i = 0; i < logits_.size(); ++i) {
    torch::Tensor(logits_[i]).mutable_grad() = gradient[i];
  }
  architecture_optimizer_->step(
      training::learning_rate_at(options_.architecture_schedule, position_, planned_steps()));
  training::clear_gradients(logits_);
  if (!training::all_finite(logits_)) {
    throw training::DivergenceError(position_, "architecture logits");
  }
  ++cost_.architecture_steps;
}

void GradientSearch::weight_step(SearchStepReport& report) {
  using training::ArchitectureMode;
  const bool joint = options_.strategy == StrategyKind::kJoint && architecture_step_is_due();
  const auto batch = network_->prepared(batches_.weights(position_));
  training::clear_gradients(weights_);
  const auto loss =
      network_->loss(batch, joint ? ArchitectureMode::kDifferentiable : ArchitectureMode::kFixed);
  report.weight_loss = loss.item<double>();
  if (!std::isfinite(report.weight_loss)) report_divergence(batch, "L_Res (weights' batch)");
  std::vector<torch::Tensor> architecture_gradient;
  if (joint) {
    const auto objective = loss + network_->terms();
    report.architecture_loss = objective.item<double>();
    check_objective(report.architecture_loss, batch);
    objective.backward();
    for (const auto& logit : logits_) architecture_gradient.push_back(logit.grad().clone());
    training::clear_gradients(logits_);
  } else {
    loss.backward();
  }
  report.gradient_norm = training::gradient_norm(weights_);
  if (!std::isfinite(report.gradient_norm)) {
    throw training::DivergenceError(position_, "weight gradient");
  }
  weight_optimizer_->step(
      training::learning_rate_at(options_.weights.schedule, position_, planned_steps()),
      training::clipping_scale(report.gradient_norm, options_.weights.gradient_norm_limit));
  if (joint) descend_architecture(architecture_gradient);
  cost_.images_seen += batch.degraded.size(0);
  ++cost_.weight_steps;
}

void GradientSearch::check_objective(double objective, const training::Batch& batch) const {
  if (std::isfinite(objective)) return;
  report_divergence(batch, network_->broken_term(batch));
}

void GradientSearch::report_divergence(const training::Batch& batch,
                                       const std::string& term) const {
  if (!training::all_finite({batch.degraded})) {
    throw training::DivergenceError(position_, "degraded");
  }
  if (!training::all_finite({batch.target})) throw training::DivergenceError(position_, "target");
  if (!training::all_finite(weights_)) throw training::DivergenceError(position_, "weights");
  throw training::DivergenceError(position_, term);
}

void GradientSearch::record(const SearchStepReport& report) {
  sums_[0] += report.weight_loss;
  sums_[1] += 1.0;
  if (!std::isnan(report.architecture_loss)) {
    sums_[2] += report.architecture_loss;
    sums_[3] += 1.0;
  }
  if (position_ % steps_per_epoch_ == 0 || finished()) end_epoch();
}

void GradientSearch::end_epoch() {
  if (!training::all_finite(weights_)) throw training::DivergenceError(position_ - 1, "weights");
  TrajectoryPoint point;
  point.step = position_;
  point.probabilities = network_->probabilities();
  point.entropy_nats = training::mean_entropy_nats(point.probabilities);
  point.weight_loss = sums_[1] > 0 ? sums_[0] / sums_[1] : kNotMeasured;
  point.architecture_loss = sums_[3] > 0 ? sums_[2] / sums_[3] : kNotMeasured;
  point.architecture = network_->architecture();
  point.cost = cost_;
  trajectory_.push_back(std::move(point));
  sums_ = {};
}

SearchResult GradientSearch::result() const {
  return {network_->architecture(), trajectory_, {}, cost_};
}

training::State GradientSearch::state() const {
  if (!training::all_finite(weights_)) throw training::DivergenceError(position_, "weights");
  training::State state;
  training::append_module_state(network_->module(), "supernet.", state);
  weight_optimizer_->append_state("weight_optimizer.", state);
  architecture_optimizer_->append_state("architecture_optimizer.", state);
  append_result(result(), state);
  state.tensors.push_back(
      {"search.sums",
       torch::tensor(std::vector<double>(sums_.begin(), sums_.end()), torch::kFloat64)});
  state.facts["position"] = std::to_string(position_);
  state.facts["steps"] = std::to_string(planned_steps());
  return state;
}

void GradientSearch::restore(const training::State& state) {
  if (training::count_in(state, "steps") != planned_steps()) {
    throw std::invalid_argument("restore: the state belongs to a search of " +
                                state.facts.at("steps") + " steps, this one has " +
                                std::to_string(planned_steps()));
  }
  training::restore_module_state(network_->module(), "supernet.", state);
  weight_optimizer_->restore_state("weight_optimizer.", state);
  architecture_optimizer_->restore_state("architecture_optimizer.", state);
  const auto result = result_in(state);
  trajectory_ = result.trajectory;
  cost_ = result.cost;
  const auto sums = torch::zeros({4}, torch::kFloat64);
  training::copy_exactly("search.sums", training::tensor_in(state, "search.sums"), sums);
  std::copy_n(sums.const_data_ptr<double>(), sums_.size(), sums_.begin());
  position_ = training::count_in(state, "position");
}

}  // namespace bench::clearer
