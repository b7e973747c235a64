#pragma once

#include "clearer/search/options.h"
#include "clearer/space/search_space.h"
#include "stages/exchange/settings.h"

namespace bench::stages {

/// \throws std::runtime_error for an unknown name
clearer::StrategyKind strategy_of(const std::string& name);

/// The search in the words of clearer/, as far as it holds for any space: without costs of modules.
clearer::SearchOptions search_options_of(const exchange::SearchStage& settings);

/// The same for CLEARER's space. Costs that are measured ("latency") are left empty.
clearer::SearchOptions search_options_of(const exchange::SearchStage& settings,
                                         const clearer::SearchSpace& space);

}  // namespace bench::stages
