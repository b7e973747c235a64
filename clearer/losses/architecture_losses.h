#pragma once

#include <torch/types.h>

#include <cstdint>

namespace bench::clearer {

enum class EntropyForm : std::uint8_t {
  kPaper,       ///< natural logarithm, sum over both candidates divided by the positions N
  kAsReleased,  ///< decimal logarithm, mean over all 2 N entries: 1 / (2 ln 10) of the paper's
};

/// Which sign L_Arch carries before its sum of a log a + (1 - a) log(1 - a).
enum class EntropySign : std::int8_t {
  kMinus = -1,  ///< the published equation: pushes the probabilities to 0 or 1
  kNone = 0,    ///< no such term
  kPlus = 1,    ///< as first submitted: pushes them to 1/2
};

/// The two terms that only the architecture sees (rebuttal R4Q3).
struct ArchitectureLossOptions {
  EntropyForm form = EntropyForm::kPaper;
  EntropySign sign = EntropySign::kMinus;
  double lambda1 = 0.01;  ///< of L_Arch; the released code's value, for its own form
  double lambda2 = 0.1;   ///< of L_Comp; commented out in the released code, where it is 0
};

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
