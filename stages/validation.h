#pragma once

#include <torch/types.h>

#include <memory>
#include <vector>

#include "clearer/search/strategy.h"
#include "datasets/examples.h"
#include "stage_files/settings.h"

namespace bench::stages {

/// Scores a candidate of a search with the shared weights: mean PSNR in dB over a fixed set of
/// patches of the held-out half of the TRAINING data, the same for every candidate.
clearer::ScoreFunction validation_score(
    std::shared_ptr<const std::vector<datasets::Example>> examples,
    const stage_files::SearchStage& settings, torch::Device device);

}  // namespace bench::stages
