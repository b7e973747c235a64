#include "stages/recipe.h"

#include <stdexcept>

#include "stages/device.h"

namespace bench::stages {

training::Loss loss_of(const std::string& name) {
  if (name == "mse") return training::Loss::kMse;
  if (name == "l1") return training::Loss::kL1;
  if (name == "half-sum-squared") return training::Loss::kHalfSumSquared;
  if (name == "neg-ssim") return training::Loss::kNegativeSsim;
  throw std::runtime_error("unknown loss \"" + name + "\"");
}

training::Recipe recipe_of(const stage_files::RecipeSettings& settings,
                           const stage_files::Machine& machine) {
  training::Recipe recipe{.steps = settings.steps, .loss = loss_of(settings.loss)};
  recipe.optimiser.kind =
      settings.optimiser == "sgd" ? training::OptimiserKind::kSgd : training::OptimiserKind::kAdam;
  recipe.optimiser.momentum = settings.momentum;
  recipe.optimiser.weight_decay = settings.weight_decay;
  recipe.schedule.kind = settings.schedule == "cosine"       ? training::ScheduleKind::kCosine
                         : settings.schedule == "milestones" ? training::ScheduleKind::kMilestones
                                                             : training::ScheduleKind::kConstant;
  recipe.schedule.learning_rate = settings.learning_rate;
  recipe.schedule.learning_rate_min = settings.learning_rate_min;
  recipe.schedule.milestones = settings.milestones;
  recipe.schedule.factor = settings.milestone_factor;
  recipe.gradient_norm_limit = settings.gradient_norm_limit;
  recipe.precision = precision_of(machine);
  recipe.layout = layout_of(machine);
  return recipe;
}

}  // namespace bench::stages
