#pragma once

#include <torch/types.h>

#include "clearer/search/supernet_passes.h"

namespace bench::clearer {

/// The unrolled weight step of DARTS: w' = w - rate (momentum buffer x momentum + gradient + decay
/// w).
struct UnrolledStep {
  double learning_rate;
  double weight_decay = 0.0;
  double momentum = 0.0;
  std::vector<torch::Tensor> momentum_buffers = {};  ///< one per weight, or none
  double radius = 0.01;  ///< of the central difference, over |dL_val/dw'| (Liu et al. 2019, 2.3)
};

struct Hypergradient {
  torch::Tensor gradient;  ///< [positions, 2], of the objective at the unrolled weights
  double objective;        ///< L_Res + terms on `validation`, at the unrolled weights
};

/// d/d alpha of L_val(w'(alpha), alpha), where w' is one weight step on `train` (Liu et al. 2019,
/// Eq. 7), its second-order term by a central difference (Eq. 8).
/// Four passes: three over `train`, one over `validation`. Leaves weights, batch-norm statistics
/// and gradients as they were.
Hypergradient second_order_gradient(const SupernetPasses& passes, const training::Batch& train,
                                    const training::Batch& validation, const UnrolledStep& step);

}  // namespace bench::clearer
