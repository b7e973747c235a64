#pragma once

#include <memory>

#include "clearer/network/parallel_module.h"
#include "clearer/network/trunk.h"
#include "clearer/space/search_options.h"

namespace bench::clearer {

/// Both candidates at every searched position, weighted by the architecture probabilities.
class SupernetImpl : public torch::nn::Module {
 public:
  /// \param generator  draws the first weights, then the architecture logits (1e-3 N(0, 1));
  ///                   a CPU generator
  SupernetImpl(const SearchSpace& space, SupernetSemantics semantics, torch::Generator generator);

  /// The relaxed network with the present `probabilities()`.
  torch::Tensor forward(const torch::Tensor& degraded);

  /// \param probabilities  [positions, 2], column 0 parallel, column 1 fusion
  torch::Tensor forward(const torch::Tensor& degraded, const torch::Tensor& probabilities);

  /// One architecture with the shared weights: only its candidates are computed. As released, a
  /// fusion position still runs its parallel candidate first, as it does in the relaxed network.
  torch::Tensor forward(const torch::Tensor& degraded, const Architecture& architecture);

  /// [positions, 2], a leaf that requires a gradient. A buffer, not a parameter: it moves with the
  /// network and is saved with it, and an optimizer of the weights does not see it.
  torch::Tensor& architecture_logits() { return architecture_logits_; }

  /// Softmax over the two candidates: [positions, 2].
  torch::Tensor probabilities() const;

  /// The more probable candidate everywhere (a tie is parallel, as argmax has it).
  Architecture discretized() const;

  const SearchSpace& space() const { return space_; }
  SupernetSemantics semantics() const { return semantics_; }

 private:
  struct Candidates {
    ParallelModule parallel;
    FusionModule fusion;
  };
  Branches mixed(const Candidates& candidates, const Branches& branches,
                 const torch::Tensor& parallel, const torch::Tensor& fusion) const;
  void register_cell(std::int64_t cell);

  const SearchSpace space_;
  const SupernetSemantics semantics_;
  std::vector<std::vector<Candidates>> cells_;  ///< before trunk_, whose constructor fills it
  const Trunk trunk_;
  torch::Tensor architecture_logits_;
};
TORCH_MODULE(Supernet);

}  // namespace bench::clearer
