#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "clearer/space/search_options.h"

namespace bench::clearer {

/// What a module, or a network, costs: counted from the space alone, without building it.
struct ModuleCost {
  std::int64_t parameters = 0;  ///< weights, and the affine numbers of the normalizations
  std::int64_t macs = 0;        ///< multiply-accumulates of the convolutions, for one image

  friend bool operator==(const ModuleCost&, const ModuleCost&) = default;
};

/// One candidate on so many branches, for an image of this size.
ModuleCost module_cost(const SearchSpace& space, std::int64_t branches, ModuleKind kind,
                       std::int64_t height, std::int64_t width);

/// A derived network.
ModuleCost network_cost(const SearchSpace& space, const Architecture& architecture,
                        std::int64_t height, std::int64_t width);

/// The supernet, without its architecture numbers.
ModuleCost supernet_cost(const SearchSpace& space, std::int64_t height, std::int64_t width);

/// Parameters of a derived network.
std::int64_t parameter_count(const SearchSpace& space, const Architecture& architecture);

/// L_Comp's C^p, C^f of each position. The released constants are .7 and .3 everywhere; the true
/// costs are divided so that their pairs sum to 1 on average, and so weigh as much as those.
/// \throws std::invalid_argument for kLatency, which is measured: see normalized_costs
PositionCosts position_costs(const SearchSpace& space, ComplexityCost kind);

/// The same division for costs from elsewhere, e.g. measured latencies.
/// \throws std::invalid_argument unless they are finite, not negative and not all 0
PositionCosts normalized_costs(PositionCosts costs);

}  // namespace bench::clearer
