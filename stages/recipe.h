#pragma once

#include "stage_files/settings.h"
#include "training/recipe.h"

namespace bench::stages {

/// The recipe in the training loop's words.
training::Recipe recipe_of(const stage_files::RecipeSettings& settings,
                           const stage_files::Machine& machine);

training::Loss loss_of(const std::string& name);

}  // namespace bench::stages
