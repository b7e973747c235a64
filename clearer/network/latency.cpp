#include "clearer/network/latency.h"

#include <torch/nn/module.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <stdexcept>

#include "clearer/network/fusion_module.h"
#include "clearer/network/parallel_module.h"

namespace bench::clearer {
namespace {

constexpr int kWarmup = 2;

Branches features_of(const SearchSpace& space, std::int64_t branches,
                     const LatencyOptions& options) {
  Branches features;
  for (std::int64_t i = 0; i < branches; ++i) {
    const auto side = options.side >> i;
    features.push_back(
        torch::ones({options.batch, space.channels[static_cast<std::size_t>(i)], side, side})
            .contiguous(torch::MemoryFormat::ChannelsLast));
  }
  return features;
}

template <typename Module>
double median_ms(const Module& module, const Branches& features, int repetitions) {
  std::vector<double> times;
  for (int i = 0; i < repetitions + kWarmup; ++i) {
    const auto start = std::chrono::steady_clock::now();
    module.forward(features);
    const std::chrono::duration<double, std::milli> elapsed =
        std::chrono::steady_clock::now() - start;
    if (i >= kWarmup) times.push_back(elapsed.count());
  }
  const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
  std::nth_element(times.begin(), middle, times.end());
  return *middle;
}

std::array<double, 2> candidates_ms(const SearchSpace& space, std::int64_t branches,
                                    const LatencyOptions& options) {
  torch::nn::Module owner("latency");
  const ParallelModule parallel(owner, "parallel", space, branches);
  const FusionModule fusion(owner, "fusion", space, branches, branches, space.fusion_exchange);
  owner.eval();
  const auto features = features_of(space, branches, options);
  return {median_ms(parallel, features, options.repetitions),
          median_ms(fusion, features, options.repetitions)};
}

}  // namespace

std::vector<std::array<double, 2>> measured_latencies_ms(const SearchSpace& space,
                                                         const LatencyOptions& options) {
  validate(space);
  if (options.batch < 1 || options.repetitions < 1 || options.side < 1 ||
      options.side % side_multiple(space) != 0) {
    throw std::invalid_argument("latency: batch " + std::to_string(options.batch) + ", side " +
                                std::to_string(options.side) + ", repetitions " +
                                std::to_string(options.repetitions) +
                                "; expected 1 or more each, the side a multiple of " +
                                std::to_string(side_multiple(space)));
  }
  torch::NoGradGuard no_grad;
  std::map<std::int64_t, std::array<double, 2>> by_branches;
  std::vector<std::array<double, 2>> latencies;
  for (const auto branches : branches_of_positions(space)) {
    if (!by_branches.contains(branches)) {
      by_branches[branches] = candidates_ms(space, branches, options);
    }
    latencies.push_back(by_branches.at(branches));
  }
  return latencies;
}

}  // namespace bench::clearer
