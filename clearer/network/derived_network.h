#pragma once

#include <memory>
#include <variant>

#include "clearer/network/parallel_module.h"
#include "clearer/network/trunk.h"
#include "clearer/space/architecture.h"
#include "training/network.h"

namespace bench::clearer {

/// The network of one architecture, with the parameter names of the released one.
class DerivedNetwork : public training::RestorationNetwork {
 public:
  /// \param generator  draws the first weights as `space.initialization` says; a CPU generator
  /// \throws std::invalid_argument for an impossible space or an architecture of another one
  DerivedNetwork(const SearchSpace& space, const Architecture& architecture,
                 torch::Generator generator);

  torch::Tensor forward(const torch::Tensor& degraded) override;
  std::int64_t side_multiple() const override { return clearer::side_multiple(space_); }

  /// With the batch normalizations folded into the convolutions; null for other normalizations.
  std::shared_ptr<training::RestorationNetwork> folded() override;

  const SearchSpace& space() const { return space_; }
  const Architecture& architecture() const { return architecture_; }

 private:
  using Module = std::variant<ParallelModule, FusionModule>;

  const SearchSpace space_;
  const Architecture architecture_;
  std::vector<std::vector<Module>> cells_;  ///< before trunk_, whose constructor fills it
  const Trunk trunk_;
};

}  // namespace bench::clearer
