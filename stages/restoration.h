#pragma once

#include <functional>
#include <string>

#include "datasets/picture.h"
#include "stage_files/settings.h"
#include "stages/stage.h"

namespace bench::stages {

/// Restores one degraded picture; values around [0, 1], not clamped.
using Restoration = std::function<datasets::FloatPicture(const datasets::FloatPicture&)>;

/// What an evaluate stage's settings and inputs describe: a trained network (input "model"), one
/// with given weights, a classical method, or the degraded picture itself.
/// \param self_ensemble  mean over 8 views
Restoration make_restoration(const Stage& stage, const stage_files::EvaluateStage& settings,
                             bool self_ensemble);

}  // namespace bench::stages
