#pragma once

#include <functional>
#include <string>

#include "datasets/image.h"
#include "stages/exchange/settings.h"
#include "stages/stage.h"

namespace bench::stages {

/// Restores one degraded image; values around [0, 1], not clamped.
using Restoration = std::function<datasets::FloatImage(const datasets::FloatImage&)>;

/// What an evaluate stage's settings and inputs describe: a trained network (input "model"), one
/// with given weights, a classical method, or the degraded image itself.
/// \param self_ensemble  mean over 8 views
Restoration make_restoration(const Stage& stage, const exchange::EvaluateStage& settings,
                             bool self_ensemble);

}  // namespace bench::stages
