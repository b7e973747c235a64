#pragma once

#include <cstdint>
#include <string>

#include "stages/exchange/settings.h"

namespace bench::runner {

/// What `bench cost` is asked about.
struct CostSubject {
  exchange::NetworkSettings network;
  std::string title;                ///< for people
  std::int64_t image_channels = 1;  ///< that it is usually built for
};

/// \param text   a method of the catalogue, or an architecture: a pattern or "PF|FF|FP"; of a
///              search "clearer" (the space) or a method that searches
/// \param space  where the architecture lies
/// \param step   "forward", "train" or "search"
/// \throws BadInput with the nearest name; also for methods that have no such cost, and why
CostSubject cost_subject(const std::string& text, const clearer::SearchSpace& space,
                         const std::string& step = "forward");

}  // namespace bench::runner
