#pragma once

#include "core/settings/table.h"
#include "stages/exchange/settings.h"

/// The tables of the blocks that experiments, recipes and stages are made of: the one place where
/// an option's key, range and sentence stand. Its default is its member's initializer.
namespace bench::exchange {

const settings::Table<clearer::SearchSpace>& space_table();
const settings::Table<training::Recipe>& recipe_table();
const settings::Table<clearer::SearchOptions>& search_table();
const settings::Table<Machine>& machine_table();
const settings::Table<CostConditions>& cost_table();
const settings::Table<DataSelection>& selection_table();
/// Of a degradation by noise; images that the data set pairs have no options.
const settings::Table<Degradation>& gaussian_table();

}  // namespace bench::exchange
