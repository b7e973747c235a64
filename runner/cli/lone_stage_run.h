#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "stages/exchange/request.h"
#include "stages/exchange/result.h"

namespace bench::runner {

/// Carries out one stage for a command, with a line of progress on a terminal. Ctrl-C ends it.
/// \param doing  what the line says, e.g. "restored" ("restored 3 of 12")
/// \param program  the bench-stage to use; empty: this program's own
/// \returns its result, or nothing if it was interrupted. \throws StageFailed
std::optional<exchange::StageResult> run_stage_alone(const exchange::StageRequest& request,
                                                     const std::string& doing,
                                                     const std::filesystem::path& program = {});

}  // namespace bench::runner
