#pragma once

#include <torch/types.h>

#include "clearer/space/search_options.h"

namespace bench::clearer {

/// L_Arch = sign (1/N) sum over a in {a^p, a^f} of (a ln a + (1 - a) ln(1 - a)), or its released
/// form. Computed from the logits: finite, with the right gradient (0), where a rounds to 0 or 1.
/// \param logits  [N, 2]
torch::Tensor architecture_loss(const torch::Tensor& logits, EntropyForm form, EntropySign sign);

/// L_Comp = (1/N) sum (a^p C^p + a^f C^f).
/// \param logits  [N, 2]
/// \param costs   [N, 2], not differentiated
torch::Tensor complexity_loss(const torch::Tensor& logits, const torch::Tensor& costs);

/// lambda1 L_Arch + lambda2 L_Comp; terms of weight 0 are left out.
torch::Tensor architecture_terms(const torch::Tensor& logits, const torch::Tensor& costs,
                                 const ArchitectureLossOptions& options);

}  // namespace bench::clearer
