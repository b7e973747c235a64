#pragma once

#include <filesystem>

#include "core/json/json_reader.h"
#include "runner/experiment/experiment.h"

namespace bench::runner {

/// Reads the recipe file that `value` names, relative to the experiment's file: the keys of a
/// `train` block with `source`, and where need be `note` and `from_memory`, the keys that nobody
/// has verified.
/// \throws BadInput at `value` if there is no such file, and with the recipe file's own
///         file:line:column for what is wrong in it
RecipeFile read_recipe_file(const core::JsonReader& value,
                            const std::filesystem::path& experiment_file);

}  // namespace bench::runner
