#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

#include "clearer/space/search_space.h"
#include "metrics/complexity_record.h"
#include "stages/exchange/settings.h"
#include "stages/stage.h"

namespace bench::stages {

/// Mean wall time of one call in milliseconds, one value a repetition, taken by Google Benchmark:
/// after a warm-up, each repetition calls as often as fills its smallest time.
/// \param call         begins and ends with a synchronized device
/// \param repetitions  at least 1
/// \throws what `call` threw
std::vector<double> call_milliseconds(const std::function<void()>& call, std::int64_t repetitions);

/// Milliseconds of the parallel and the fusion candidate per searched position.
using ModuleLatencies = std::vector<std::array<double, 2>>;

/// Measured on this machine at the first call, and kept in the stage's folder: a search that is
/// resumed goes on with the same costs, so that it stays bit-identical to an undisturbed one.
/// \throws std::runtime_error naming the file if what is kept cannot be read
ModuleLatencies module_latencies(Stage& stage, const clearer::SearchSpace& space);

/// Puts them on record: the file as an artifact "module_latencies", and one fact a position.
void add_latencies(const Stage& stage, const ModuleLatencies& latencies,
                   exchange::StageResult& result);

/// What one step of a training (`settings.step` "train") or of a search ("search": a weight step
/// and its architecture step) takes, on one batch of random patches that is handed in again and
/// again: loading and augmentation are not in it. Training: MSE of all outputs, Adam, gradients
/// clipped. Search: both loss terms, SGD on the weights, no warm-up, as released; else the
/// defaults. \throws std::runtime_error for a method without a supernet
metrics::ComplexityRecord step_cost(const exchange::CostStage& settings);

/// Most memory that this process has held so far, in bytes.
std::int64_t largest_resident_bytes();

}  // namespace bench::stages
