#pragma once

#include "clearer/network/residual_block.h"
#include "clearer/network/resolutions.h"

namespace bench::clearer {

/// The paper's parallel module: one residual block per resolution, none sees another.
class ParallelModule {
 public:
  /// Registers branches.i.0 in the module at `path` under `owner`.
  ParallelModule(torch::nn::Module& owner, const std::string& path, const SearchSpace& space,
                 std::int64_t branches);

  /// Branches in, branches of the same shapes out. A new vector: in the supernet the same
  /// features go on to the fusion module, which must see them unrefined (deviation Q1).
  Branches forward(const Branches& features) const;

 private:
  std::vector<ResidualBlock> blocks_;
};

}  // namespace bench::clearer
