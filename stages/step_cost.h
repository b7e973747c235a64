#pragma once

#include "metrics/complexity_record.h"
#include "stages/exchange/settings.h"

namespace bench::stages {

/// What one step of a training (`settings.step` "train") or of a search ("search": a weight step
/// and its architecture step) takes, on one batch of random patches that is handed in again and
/// again: loading and augmentation are not in it. Training: MSE of all outputs, Adam, gradients
/// clipped. Search: both loss terms, SGD on the weights, no warm-up, as released; else the
/// defaults. \throws std::runtime_error for a method without a supernet
metrics::ComplexityRecord step_cost(const exchange::CostStage& settings);

/// Most memory that this process has held so far, in bytes.
std::int64_t largest_resident_bytes();

}  // namespace bench::stages
