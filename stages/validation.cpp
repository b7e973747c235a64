#include "stages/validation.h"

#include <torch/torch.h>

#include <stdexcept>

#include "stages/batches.h"

namespace bench::stages {
namespace {

constexpr std::int64_t kBatches = 8;

double psnr_db(const torch::Tensor& restored, const torch::Tensor& target) {
  const auto mse = (restored - target).square().mean({1, 2, 3}).clamp_min(1e-12);
  return (-10.0 * mse.log10()).mean().item<double>();
}

}  // namespace

clearer::ScoreFunction validation_score(
    std::shared_ptr<const std::vector<datasets::Example>> examples,
    const stage_files::SearchStage& settings, torch::Device device) {
  const auto batches =
      batch_source(std::move(examples), settings.task, settings.search.weights,
                   datasets::Subset::kOdd, settings.seed, "search/validation", device);
  return [batches](const clearer::Architecture& architecture,
                   clearer::SupernetImpl* supernet) -> clearer::CandidateScore {
    if (supernet == nullptr) throw std::runtime_error("validation needs shared weights");
    torch::NoGradGuard no_grad;
    clearer::CandidateScore result;
    for (std::int64_t i = 0; i < kBatches; ++i) {
      const auto batch = batches(i);
      result.score += psnr_db(supernet->forward(batch.degraded, architecture), batch.target) /
                      static_cast<double>(kBatches);
      result.images_seen += batch.target.size(0);
    }
    return result;
  };
}

}  // namespace bench::stages
