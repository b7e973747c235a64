#pragma once

#include "clearer/network/convolution.h"
#include "clearer/network/resolutions.h"

namespace bench::clearer {

/// The paper's fusion module: every resolution receives the sum of all, then is rectified.
/// Downwards a chain of strided 3x3 convolutions (rectified but the last), upwards a 1x1
/// convolution and an enlargement, to itself the identity.
class FusionModule {
 public:
  /// Registers fuse_layers.TO.FROM in the module at `path` under `owner`.
  /// \param outputs         resolutions that are computed: all, or 1 before the head
  /// \param exchange        false: no branch sees another, and the module has no weights
  FusionModule(torch::nn::Module& owner, const std::string& path, const SearchSpace& space,
               std::int64_t branches, std::int64_t outputs, bool exchange);

  /// Branches in, the first `outputs` of the same shapes out; its arguments stay as they are.
  Branches forward(const Branches& features) const;

 private:
  torch::Tensor sum_for(std::size_t to, const Branches& features) const;

  /// A path between two resolutions, empty for the identity.
  using Path = std::vector<Convolution>;
  std::vector<std::vector<Path>> paths_;  ///< [to][from]
  Upsampling upsampling_;
  bool exchange_;
};

}  // namespace bench::clearer
