#include "stages/search_options.h"

#include <stdexcept>

#include "clearer/network/cost.h"
#include "stages/recipe.h"

namespace bench::stages {
namespace {

clearer::CostKind cost_of(const std::string& name) {
  if (name == "parameters") return clearer::CostKind::kParameters;
  if (name == "macs") return clearer::CostKind::kMacs;
  return clearer::CostKind::kReleasedConstants;
}

training::Schedule architecture_schedule_of(const exchange::SearchSettings& search) {
  training::Schedule schedule;
  schedule.kind = search.architecture_schedule == "cosine" ? training::ScheduleKind::kCosine
                                                           : training::ScheduleKind::kConstant;
  schedule.interval = search.architecture_steps_per_epoch;
  schedule.learning_rate = search.architecture_learning_rate;
  schedule.learning_rate_min = search.architecture_learning_rate_min;
  return schedule;
}

training::OptimizerSettings architecture_optimizer_of(const exchange::SearchSettings& search) {
  training::OptimizerSettings optimizer;
  optimizer.kind = search.architecture_optimizer == "sgd" ? training::OptimizerKind::kSgd
                                                          : training::OptimizerKind::kAdam;
  optimizer.beta1 = search.architecture_beta1;
  optimizer.beta2 = search.architecture_beta2;
  optimizer.momentum = search.architecture_momentum;
  optimizer.weight_decay = search.architecture_weight_decay;
  return optimizer;
}

clearer::ArchitectureLossOptions losses_of(const exchange::SearchSettings& search) {
  clearer::ArchitectureLossOptions losses;
  if (search.architecture_loss_form == "log10-mean") {
    losses.form = clearer::EntropyForm::kAsReleased;
  }
  losses.sign = static_cast<clearer::EntropySign>(search.architecture_loss_sign);
  losses.lambda1 = search.lambda_architecture;
  losses.lambda2 = search.lambda_complexity;
  return losses;
}

// The trajectory is kept at about so many places.
constexpr std::int64_t kEpochs = 60;

void set_steps(std::int64_t steps, clearer::SearchOptions& options) {
  options.steps_per_epoch = std::max<std::int64_t>(1, steps / kEpochs);
  while (steps % options.steps_per_epoch != 0) --options.steps_per_epoch;
  options.epochs = steps / options.steps_per_epoch;
}

}  // namespace

clearer::StrategyKind strategy_of(const std::string& name) {
  using clearer::StrategyKind;
  if (name == "clearer") return StrategyKind::kClearer;
  if (name == "darts-first-order") return StrategyKind::kDartsFirstOrder;
  if (name == "darts-second-order") return StrategyKind::kDartsSecondOrder;
  if (name == "joint") return StrategyKind::kJoint;
  if (name == "random") return StrategyKind::kRandom;
  if (name == "evolution") return StrategyKind::kEvolution;
  if (name == "exhaustive") return StrategyKind::kExhaustive;
  throw std::runtime_error("unknown search strategy \"" + name + "\"");
}

clearer::SearchOptions search_options_of(const exchange::SearchStage& settings) {
  const auto& search = settings.search;
  const auto weights = recipe_of(search.weights, settings.machine);
  clearer::SearchOptions options{.strategy = strategy_of(search.strategy)};
  if (search.semantics == "as-released") {
    options.semantics = clearer::SupernetSemantics::kAsReleased;
  }
  set_steps(search.weights.steps, options);
  options.warmup_fraction = search.warm_up_fraction;
  options.weight_steps_per_architecture_step = search.weight_steps_per_architecture_step;
  options.weight_optimizer = weights.optimizer;
  options.weight_schedule = weights.schedule;
  options.gradient_norm_limit = weights.gradient_norm_limit;
  options.restoration_loss = weights.loss;
  options.architecture_optimizer = architecture_optimizer_of(search);
  options.architecture_schedule = architecture_schedule_of(search);
  options.second_order_radius = search.second_order_radius;
  if (search.architecture_batch_norm == "train") {
    options.architecture_batch_norm = clearer::ArchitectureBatchNorm::kTraining;
  }
  options.losses = losses_of(search);
  options.image_budget = search.image_budget;
  options.candidates = search.candidates;
  options.population = search.population;
  options.tournament = search.tournament;
  options.shared_weights = search.shared_weights;
  options.precision = weights.precision;
  options.layout = weights.layout;
  options.seed = settings.seed;
  return options;
}

clearer::SearchOptions search_options_of(const exchange::SearchStage& settings,
                                         const clearer::SearchSpace& space) {
  auto options = search_options_of(settings);
  const auto& cost = settings.search.complexity_cost;
  if (cost != "latency") options.costs = clearer::position_costs(space, cost_of(cost));
  return options;
}

}  // namespace bench::stages
