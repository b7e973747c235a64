#include "stages/batches.h"

#include <torch/types.h>

#include <stdexcept>

#include "stages/prepared_data.h"

namespace bench::stages {
namespace {

datasets::Augmentation augmentation_of(training::Augmentation augmentation) {
  switch (augmentation) {
    case training::Augmentation::kFlipsRotations:
      return datasets::Augmentation::kAll;
    case training::Augmentation::kAsReleased:
      return datasets::Augmentation::kAsReleased;
    case training::Augmentation::kNone:
      return datasets::Augmentation::kNone;
  }
  throw std::invalid_argument("batches: unknown augmentation");
}

std::span<float> values_of(torch::Tensor& tensor) {
  return {tensor.data_ptr<float>(), static_cast<std::size_t>(tensor.numel())};
}

}  // namespace

training::BatchSource batch_source(std::shared_ptr<const std::vector<datasets::Example>> examples,
                                   const exchange::TaskSettings& task,
                                   const training::Recipe& recipe, datasets::Subset subset,
                                   std::uint64_t seed, const std::string& purpose,
                                   torch::Device device) {
  const datasets::PatchOptions options{.patch_size = static_cast<int>(recipe.patch),
                                       .batch_size = static_cast<int>(recipe.batch),
                                       .augmentation = augmentation_of(recipe.augmentation),
                                       .degradation = degradation_of(task.degradation),
                                       .subset = subset,
                                       .seed = seed,
                                       .purpose = purpose + "/" + task.id};
  const auto sampler = std::make_shared<const datasets::PatchSampler>(std::move(examples), options);
  const std::vector<std::int64_t> shape = {recipe.batch, sampler->channels(), recipe.patch,
                                           recipe.patch};
  return [sampler, shape, device](std::int64_t step) {
    torch::Tensor degraded = torch::empty(shape), target = torch::empty(shape);
    sampler->sample(step, values_of(degraded), values_of(target));
    return training::Batch{degraded.to(device), target.to(device)};
  };
}

}  // namespace bench::stages
