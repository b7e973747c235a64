#pragma once

#include <torch/types.h>

#include <cmath>

#include "clearer/search/strategy.h"
#include "released_weights.h"

namespace bench::clearer {

inline torch::Generator seeded(std::uint64_t seed) {
  return at::make_generator<at::CPUGeneratorImpl>(seed);
}

/// Two cells of one and two modules on two and three branches: 8 architectures.
inline SearchSpace tiny_space() {
  SearchSpace space;
  space.channels = {2, 3, 4};
  space.modules = {1, 1, 2};
  space.branches = 3;
  space.initialization = Initialization::kKaimingPlain;
  return space;
}

inline training::Batch tiny_batch(std::int64_t step, std::uint64_t purpose,
                                  torch::Dtype dtype = torch::kFloat32) {
  auto generator = seeded(1000 * purpose + static_cast<std::uint64_t>(step));
  const auto target = torch::rand({2, 1, 8, 8}, generator, torch::TensorOptions(dtype));
  return {target + 0.1 * torch::randn(target.sizes(), generator, torch::TensorOptions(dtype)),
          target};
}

inline SearchBatches tiny_batches(torch::Dtype dtype = torch::kFloat32) {
  return {[dtype](std::int64_t step) { return tiny_batch(step, 1, dtype); },
          [dtype](std::int64_t step) { return tiny_batch(step, 2, dtype); }};
}

inline SearchOptions tiny_options(StrategyKind strategy) {
  SearchOptions options;
  options.strategy = strategy;
  options.weights = released_weights(12);
  options.epochs = 3;
  options.warm_up_fraction = 0.25;
  options.losses.lambda_complexity = 0.1;
  options.architecture_schedule.learning_rate = 0.03;
  options.candidates = 12;
  options.population = 4;
  options.tournament = 2;
  options.seed = 5;
  return options;
}

/// Fewer parallel modules are better: has one best architecture, and needs no data.
inline CandidateScore fusion_count(const Architecture& architecture, SupernetImpl*) {
  double fusions = 0.0;
  for (const auto kind : flattened(architecture)) fusions += kind == ModuleKind::kFusion;
  return {fusions, 10};
}

inline std::unique_ptr<Strategy> tiny_search(const SearchOptions& options, std::uint64_t seed = 1) {
  Supernet network(tiny_space(), options.semantics, seeded(seed));
  return make_strategy(tiny_space(), options, network, tiny_batches(), fusion_count);
}

}  // namespace bench::clearer
