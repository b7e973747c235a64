#pragma once

#include "clearer/network/convolution.h"
#include "clearer/network/resolutions.h"

namespace bench::clearer {

/// The paper's transition module: keeps the branches (through a 3x3 convolution where the
/// channels change) and makes a lower resolution from the last by a strided 3x3 convolution.
class Transition {
 public:
  /// Registers transition_layers.i in the module at `path` under `owner`.
  /// \param in   channels of the branches that come in
  /// \param out  channels of those that leave; as many, or one more
  Transition(torch::nn::Module& owner, const std::string& path, const std::vector<std::int64_t>& in,
             const std::vector<std::int64_t>& out, Normalization normalization);

  Branches forward(const Branches& features) const;

 private:
  std::vector<std::vector<Convolution>> layers_;  ///< per branch that leaves: one, or the identity
};

}  // namespace bench::clearer
