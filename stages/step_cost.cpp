#include "stages/latencies.h"

#include <sys/resource.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>
#include <functional>

#include "clearer/search/strategy.h"
#include "stages/device.h"
#include "stages/network.h"
#include "stages/supernets.h"
#include "training/complexity.h"
#include "training/trainer.h"

namespace bench::stages {
namespace {

using exchange::CostStage;

constexpr std::int64_t kEndless = 1 << 30;
// What is timed does not depend on it, and a small one keeps random targets from diverging.
constexpr double kLearningRate = 1e-5;
constexpr int kUntilMemoryIsSteady = 2;

/// A training or search that can go one step on.
struct Steps {
  std::function<void()> step;
  std::int64_t parameters = 0;
  std::int64_t images = 0;  ///< that pass through the network in one step
};

training::BatchSource always_the_same(const CostStage& settings, torch::Device device) {
  const auto draw = [&] {
    return torch::rand({settings.batch, settings.channels, settings.height, settings.width})
        .to(device);
  };
  return [batch = training::Batch{draw(), draw()}](std::int64_t) { return batch; };
}

std::int64_t count_of(const std::vector<torch::Tensor>& tensors) {
  std::int64_t count = 0;
  for (const auto& tensor : tensors) count += tensor.numel();
  return count;
}

training::Recipe recipe_to_time(const CostStage& settings) {
  const training::Schedule schedule{.kind = training::ScheduleKind::kConstant,
                                    .learning_rate = kLearningRate};
  return on_machine({.steps = kEndless, .schedule = schedule}, settings.machine);
}

Steps training_steps(const CostStage& settings, torch::Device device,
                     const training::BatchSource& batches) {
  const auto network = make_network(settings.network, settings.channels, 0);
  network->to(device);
  const auto trainer =
      std::make_shared<training::Trainer>(network, recipe_to_time(settings), batches);
  return {[trainer] { trainer->step(); }, count_of(network->parameters()), settings.batch};
}

clearer::SearchOptions search_to_time(const CostStage& settings) {
  auto weights = recipe_to_time(settings);
  weights.optimizer = {.kind = training::OptimizerKind::kSgd, .weight_decay = 3e-4};
  clearer::SearchOptions options{
      .strategy = settings.strategy, .weights = weights, .warm_up_fraction = 0.0};
  options.architecture_schedule = weights.schedule;
  options.losses.lambda_complexity = 0.1;
  options.epochs = 1;
  return options;
}

Steps search_steps(const CostStage& settings, torch::Device device,
                   const training::BatchSource& batches) {
  const auto options = search_to_time(settings);
  std::shared_ptr<clearer::Strategy> search;
  std::int64_t parameters = 0;
  if (settings.network.method.empty()) {
    const auto space = with_image_channels(settings.network.space, settings.channels);
    const auto supernet = make_supernet(space, options.semantics, /*seed=*/0, device);
    parameters = count_of(supernet->parameters());
    search = clearer::make_strategy(space, options, supernet, {batches, batches});
  } else {
    const auto supernet = make_method_supernet(settings.network.method, settings.network.options,
                                               settings.channels, /*seed=*/0, options, device);
    parameters = count_of(supernet->weights());
    search = clearer::make_relaxed_search(options, supernet, {batches, batches});
  }
  search->step();
  return {[search] { search->step(); }, parameters, search->result().cost.images_seen};
}

}  // namespace

std::int64_t largest_resident_bytes() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::int64_t>(usage.ru_maxrss) * 1024;
}

metrics::ComplexityRecord step_cost(const CostStage& settings) {
  const torch::Device device = prepare_device(settings.machine);
  torch::manual_seed(0);
  const auto batches = always_the_same(settings, device);
  const auto resident_before = largest_resident_bytes();
  Steps steps;
  const auto tensor_bytes = training::peak_bytes(device.type(), [&] {
    steps = settings.step == "search" ? search_steps(settings, device, batches)
                                      : training_steps(settings, device, batches);
    for (int i = 0; i < kUntilMemoryIsSteady; ++i) steps.step();
  });
  metrics::ComplexityRecord cost{.parameters = steps.parameters, .images = steps.images};
  cost.latency_ms = call_milliseconds(
      [&] {
        steps.step();
        synchronize(device);
      },
      settings.repetitions);
  cost.peak_memory_bytes = device.is_cpu()
                               ? std::max(tensor_bytes, largest_resident_bytes() - resident_before)
                               : tensor_bytes;
  return cost;
}

}  // namespace bench::stages
