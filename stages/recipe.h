#pragma once

#include "stages/exchange/settings.h"
#include "training/recipe/recipe.h"

namespace bench::stages {

/// The recipe in the training loop's words.
training::Recipe recipe_of(const exchange::RecipeSettings& settings,
                           const exchange::Machine& machine);

training::Loss loss_of(const std::string& name);

}  // namespace bench::stages
