#include "training/recipe/recipe.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <sstream>
#include <stdexcept>

namespace bench::training {
namespace {

void require(bool holds, const char* name, double found, const char* expected) {
  if (holds) return;
  std::ostringstream message;
  message << "recipe: " << name << " is " << found << ", expected " << expected;
  throw std::invalid_argument(message.str());
}

}  // namespace

double learning_rate_at(const Schedule& schedule, std::int64_t step, std::int64_t steps) {
  const std::int64_t held = step - step % schedule.steps_per_epoch;
  switch (schedule.kind) {
    case ScheduleKind::kConstant:
      return schedule.learning_rate;
    case ScheduleKind::kCosine: {
      const double progress =
          static_cast<double>(held) / static_cast<double>(std::max<std::int64_t>(steps, 1));
      return schedule.learning_rate_min + (schedule.learning_rate - schedule.learning_rate_min) *
                                              0.5 * (1.0 + std::cos(std::numbers::pi * progress));
    }
    case ScheduleKind::kPolynomial: {
      const double left =
          1.0 - static_cast<double>(held) / static_cast<double>(std::max<std::int64_t>(steps, 1));
      return schedule.learning_rate_min + (schedule.learning_rate - schedule.learning_rate_min) *
                                              std::pow(std::max(left, 0.0), schedule.power);
    }
    case ScheduleKind::kExponential: {
      const double progress =
          static_cast<double>(held) / static_cast<double>(std::max<std::int64_t>(steps, 1));
      return schedule.learning_rate *
             std::pow(schedule.learning_rate_min / schedule.learning_rate, progress);
    }
    case ScheduleKind::kMilestones: {
      const auto passed = std::count_if(schedule.milestones.begin(), schedule.milestones.end(),
                                        [held](std::int64_t at) { return held >= at; });
      return schedule.learning_rate *
             std::pow(schedule.milestone_factor, static_cast<double>(passed));
    }
  }
  throw std::invalid_argument("recipe: unknown schedule");
}

void validate(const OptimizerSettings& settings) {
  require(settings.beta1 >= 0 && settings.beta1 < 1, "beta1", settings.beta1, "[0, 1)");
  require(settings.beta2 >= 0 && settings.beta2 < 1, "beta2", settings.beta2, "[0, 1)");
  require(settings.epsilon > 0, "epsilon", settings.epsilon, "more than 0");
  require(settings.momentum >= 0 && settings.momentum < 1, "momentum", settings.momentum, "[0, 1)");
  require(settings.weight_decay >= 0, "weight_decay", settings.weight_decay, "0 or more");
}

void validate(const Schedule& schedule) {
  require(schedule.learning_rate > 0 && std::isfinite(schedule.learning_rate), "learning_rate",
          schedule.learning_rate, "a finite number above 0");
  require(schedule.learning_rate_min >= 0 && schedule.learning_rate_min <= schedule.learning_rate,
          "learning_rate_min", schedule.learning_rate_min, "between 0 and learning_rate");
  require(schedule.kind != ScheduleKind::kExponential || schedule.learning_rate_min > 0,
          "learning_rate_min", schedule.learning_rate_min,
          "more than 0, where the exponential schedule ends");
  require(schedule.milestone_factor > 0 && schedule.milestone_factor <= 1, "milestone_factor",
          schedule.milestone_factor, "(0, 1]");
  require(schedule.power > 0, "power", schedule.power, "more than 0");
  require(schedule.steps_per_epoch >= 1, "steps_per_epoch",
          static_cast<double>(schedule.steps_per_epoch), "1 step or more");
  for (const auto at : schedule.milestones) {
    require(at >= 0, "milestone", static_cast<double>(at), "a step, 0 or more");
  }
}

void validate(const Recipe& recipe) {
  require(recipe.steps >= 0, "steps", static_cast<double>(recipe.steps), "0 or more");
  require(recipe.gradient_norm_limit >= 0, "gradient_norm_limit", recipe.gradient_norm_limit,
          "0 (no limit) or more");
  validate(recipe.optimizer);
  validate(recipe.schedule);
}

}  // namespace bench::training
