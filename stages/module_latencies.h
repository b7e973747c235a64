#pragma once

#include <array>
#include <vector>

#include "clearer/space/search_space.h"
#include "stages/stage.h"

namespace bench::stages {

/// Milliseconds of the parallel and the fusion candidate per searched position.
using ModuleLatencies = std::vector<std::array<double, 2>>;

/// Measured on this machine at the first call, and kept in the stage's folder: a search that is
/// resumed goes on with the same costs, so that it stays bit-identical to an undisturbed one.
/// \throws std::runtime_error naming the file if what is kept cannot be read
ModuleLatencies module_latencies(Stage& stage, const clearer::SearchSpace& space);

/// Puts them on record: the file as an artifact "module_latencies", and one fact a position.
void add_latencies(const Stage& stage, const ModuleLatencies& latencies,
                   exchange::StageResult& result);

}  // namespace bench::stages
