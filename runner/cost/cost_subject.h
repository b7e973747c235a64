#pragma once

#include <cstdint>
#include <string>

#include "stage_files/settings.h"

namespace bench::runner {

/// What `bench cost` is asked about.
struct CostSubject {
  stage_files::NetworkSettings network;
  std::string title;                ///< for people
  std::int64_t image_channels = 1;  ///< that it is usually built for
};

/// \param text   a method of the catalogue, or an architecture: a pattern or "PF|FF|FP"
/// \param space  where the architecture lies
/// \throws BadInput with the nearest name; also for methods whose cost cannot be known, and why
CostSubject cost_subject(const std::string& text, const stage_files::SpaceSettings& space);

}  // namespace bench::runner
