#include "stages/recipe.h"

#include <stdexcept>

#include "stages/device.h"

namespace bench::stages {

training::Loss loss_of(const std::string& name) {
  if (name == "mse") return training::Loss::kMse;
  if (name == "l1") return training::Loss::kL1;
  if (name == "half-sum-squared") return training::Loss::kHalfSumSquared;
  if (name == "neg-ssim") return training::Loss::kNegativeSsim;
  if (name == "neg-psnr") return training::Loss::kNegativePsnr;
  if (name == "hinas-search") return training::Loss::kHiNasSearch;
  if (name == "hinas-training") return training::Loss::kHiNasTraining;
  throw std::runtime_error("unknown loss \"" + name + "\"");
}

training::ScheduleKind schedule_of(const std::string& name) {
  if (name == "cosine") return training::ScheduleKind::kCosine;
  if (name == "milestones") return training::ScheduleKind::kMilestones;
  if (name == "polynomial") return training::ScheduleKind::kPolynomial;
  if (name == "exponential") return training::ScheduleKind::kExponential;
  if (name == "constant") return training::ScheduleKind::kConstant;
  throw std::runtime_error("unknown schedule \"" + name + "\"");
}

training::Recipe recipe_of(const exchange::RecipeSettings& settings,
                           const exchange::Machine& machine) {
  training::Recipe recipe{.steps = settings.steps, .loss = loss_of(settings.loss)};
  recipe.optimizer.kind =
      settings.optimizer == "sgd" ? training::OptimizerKind::kSgd : training::OptimizerKind::kAdam;
  recipe.optimizer.momentum = settings.momentum;
  recipe.optimizer.weight_decay = settings.weight_decay;
  recipe.optimizer.beta1 = settings.beta1;
  recipe.optimizer.beta2 = settings.beta2;
  if (settings.supervision == "last-output") {
    recipe.supervision = training::Supervision::kLastOutput;
  }
  recipe.schedule.kind = schedule_of(settings.schedule);
  recipe.schedule.interval = settings.steps_per_epoch;
  recipe.schedule.learning_rate = settings.learning_rate;
  recipe.schedule.learning_rate_min = settings.learning_rate_min;
  recipe.schedule.milestones = settings.milestones;
  recipe.schedule.factor = settings.milestone_factor;
  recipe.schedule.power = settings.schedule_power;
  recipe.gradient_norm_limit = settings.gradient_norm_limit;
  recipe.precision = precision_of(machine);
  recipe.layout = layout_of(machine);
  return recipe;
}

}  // namespace bench::stages
