#pragma once

#include <torch/types.h>

#include <memory>
#include <vector>

#include "clearer/search/strategy.h"
#include "datasets/examples.h"
#include "datasets/patch_sampler.h"
#include "stages/exchange/settings.h"

namespace bench::stages {

/// The images of a search: which of them the weights see, and which the architecture.
struct SearchExamples {
  std::shared_ptr<const std::vector<datasets::Example>> weights;
  datasets::Subset weights_subset;
  std::shared_ptr<const std::vector<datasets::Example>> architecture;
  datasets::Subset architecture_subset;
};

/// Scores a candidate of a search: mean PSNR in dB over a fixed set of patches of the
/// architecture's images, the same for every candidate. With shared weights it is a path of the
/// supernet; without, a network of its own, first trained by the search's recipe on the weights'
/// images. \throws Interrupted in the middle of such a training
clearer::ScoreFunction candidate_score(const SearchExamples& examples,
                                       const clearer::SearchSpace& space,
                                       const exchange::SearchStage& settings, torch::Device device);

}  // namespace bench::stages
