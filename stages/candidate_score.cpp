#include "stages/candidate_score.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/types.h>
#include <torch/utils.h>

#include "clearer/network/derived_network.h"
#include "core/randomness/stream.h"
#include "stages/batches.h"
#include "stages/device.h"
#include "stages/stage.h"
#include "training/trainer.h"

namespace bench::stages {
namespace {

constexpr std::int64_t kBatches = 8;

double psnr_db(const torch::Tensor& restored, const torch::Tensor& target) {
  const auto mse = (restored - target).square().mean({1, 2, 3}).clamp_min(1e-12);
  return (-10.0 * mse.log10()).mean().item<double>();
}

/// \param restore  [N, C, H, W] to the same shape
clearer::CandidateScore score_of(const std::function<torch::Tensor(const torch::Tensor&)>& restore,
                                 const training::BatchSource& validation) {
  torch::NoGradGuard no_grad;
  clearer::CandidateScore result;
  for (std::int64_t i = 0; i < kBatches; ++i) {
    const auto batch = validation(i);
    result.score += psnr_db(restore(batch.degraded), batch.target) / static_cast<double>(kBatches);
    result.images_seen += batch.target.size(0);
  }
  return result;
}

/// A candidate without shared weights: trained from scratch, on its own.
class LoneTraining {
 public:
  LoneTraining(const clearer::SearchSpace& space, const exchange::SearchStage& settings,
               training::BatchSource batches, torch::Device device)
      : space_(space), settings_(settings), batches_(std::move(batches)), device_(device) {}

  std::shared_ptr<clearer::DerivedNetwork> trained(
      const clearer::Architecture& architecture) const {
    const std::string name = "weights/candidate/" + clearer::to_string(architecture);
    const auto seed = randomness::Stream(settings_.seed, name).next();
    auto network = std::make_shared<clearer::DerivedNetwork>(
        space_, architecture, at::make_generator<at::CPUGeneratorImpl>(seed));
    network->to(device_);
    training::Trainer trainer(network, on_machine(settings_.search.weights, settings_.machine),
                              batches_);
    while (!trainer.finished()) {
      trainer.step();
      if (is_interrupted()) throw Interrupted();
    }
    network->eval();
    return network;
  }

  std::int64_t images_seen() const {
    return settings_.search.weights.steps * settings_.search.weights.batch;
  }

 private:
  const clearer::SearchSpace space_;
  const exchange::SearchStage settings_;
  const training::BatchSource batches_;
  const torch::Device device_;
};

}  // namespace

clearer::ScoreFunction candidate_score(const SearchExamples& examples,
                                       const clearer::SearchSpace& space,
                                       const exchange::SearchStage& settings,
                                       torch::Device device) {
  const auto source = [&](const auto& images, datasets::Subset subset, const char* purpose) {
    return batch_source(images, settings.task, settings.search.weights, subset, settings.seed,
                        purpose, device);
  };
  const auto validation =
      source(examples.architecture, examples.architecture_subset, "search/validation");
  if (settings.search.shared_weights) {
    return [validation](const clearer::Architecture& architecture,
                        clearer::SupernetImpl* supernet) -> clearer::CandidateScore {
      return score_of(
          [&](const torch::Tensor& degraded) { return supernet->forward(degraded, architecture); },
          validation);
    };
  }
  const LoneTraining training(
      space, settings, source(examples.weights, examples.weights_subset, "search/weights"), device);
  return [validation, training](const clearer::Architecture& architecture,
                                clearer::SupernetImpl*) -> clearer::CandidateScore {
    const auto network = training.trained(architecture);
    auto result = score_of(
        [&](const torch::Tensor& degraded) { return network->forward(degraded); }, validation);
    result.images_seen += training.images_seen();
    return result;
  };
}

}  // namespace bench::stages
