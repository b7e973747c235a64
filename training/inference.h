#pragma once

#include <torch/types.h>

#include <memory>

#include "training/network.h"
#include "training/recipe/recipe.h"

namespace bench::training {

struct InferenceOptions {
  bool self_ensemble = false;  ///< mean over the 8 flips and quarter turns, before any clamping
  bool fold_batch_norms =
      true;  ///< equal within 1e-5, faster; no effect where there is no such form
  Precision precision = Precision::kFloat32;
  Layout layout = Layout::kChannelsLast;
};

/// Restores images of any size with a trained network. Holds its own folded copy of the weights
/// where it folds: training the network further does not change it.
class Restorer {
 public:
  /// Puts the network into evaluation mode.
  Restorer(std::shared_ptr<RestorationNetwork> network, const InferenceOptions& options);

  /// \param degraded  [N, C, H, W]; padded at the right and below by reflection to the sides that
  ///                  the network needs, and cropped back
  /// \returns [N, C, H, W] float, NOT clamped, on the network's device, without a graph
  torch::Tensor restore(const torch::Tensor& degraded) const;

 private:
  torch::Tensor restore_one_view(const torch::Tensor& degraded) const;

  std::shared_ptr<RestorationNetwork> network_;
  const InferenceOptions options_;
};

/// Pads at the right and below to sides that are multiples of `multiple`: by reflection, or by
/// repeating the last pixels where a side is too short to be reflected.
torch::Tensor padded(const torch::Tensor& images, std::int64_t multiple);

}  // namespace bench::training
