#pragma once

#include <torch/nn/modules/container/sequential.h>

#include <cstdint>
#include <vector>

#include "baselines/networks/rescan_unit.h"
#include "training/network.h"

namespace bench::baselines {

/// What the output of a stage stands for.
enum class StageOutput : std::uint8_t {
  kFull,     ///< the whole rain layer, predicted anew
  kAdditive  ///< what is added to the rain layer of the stages before
};

/// Defaults: RESCAN, GRU, full.
struct RescanOptions {
  std::int64_t image_channels = 3;
  std::int64_t features = 24;
  std::int64_t depth = 7;  ///< layers, the two of the decoder included
  std::int64_t stages = 4;
  RecurrentKind kind = RecurrentKind::kGru;
  StageOutput output = StageOutput::kFull;
};

/// RESCAN, and with one stage and no recurrence SCAN (Li et al., ECCV 2018): dilated
/// squeeze-and-excitation layers predict the rain layer, stage after stage, from the image that
/// the stage before has restored. restored = degraded - rain layer.
class Rescan : public training::RestorationNetwork {
 public:
  explicit Rescan(const RescanOptions& options);

  torch::Tensor forward(const torch::Tensor& degraded) override;
  /// The restored images of all stages, last one last.
  std::vector<torch::Tensor> forward_all(const torch::Tensor& degraded) override;

 private:
  RescanOptions options_;
  std::vector<RescanUnit> units_;
  torch::nn::Sequential decoder_;
};

}  // namespace bench::baselines
