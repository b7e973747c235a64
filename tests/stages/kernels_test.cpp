// The variants of our own kernels, forced from outside: trainings agree within rounding, and each
// result says which variant it is of.
#include <gtest/gtest.h>
#include <stdlib.h>
#include <torch/types.h>
#include <torch/utils.h>

#include "core/files/proc_file.h"
#include "stage_folders.h"
#include "stages/exchange/result.h"
#include "stages/tensor_file.h"
#include "training/kernels/kernel_variant.h"

namespace bench::stages {
namespace {

using training::KernelVariant;

/// Sets the variable while it lives; null: unset.
class ForcedKernels {
 public:
  explicit ForcedKernels(const char* name) {
    if (name != nullptr) ::setenv(training::kKernelsVariable, name, 1);
    if (name == nullptr) ::unsetenv(training::kKernelsVariable);
  }
  ~ForcedKernels() { ::unsetenv(training::kKernelsVariable); }
  ForcedKernels(const ForcedKernels&) = delete;
  ForcedKernels& operator=(const ForcedKernels&) = delete;
};

// Wide enough for every kernel: Winograd's transforms take 32 channels.
std::string kernel_training() {
  return exchange::to_json(exchange::TrainStage{
      .task = StageFolders::task(),
      .network = {.kind = "clearer",
                  .space = {.channels = {32, 64},
                            .modules = {1, 2},
                            .initialization = clearer::Initialization::kKaiming},
                  .architecture = "PF"},
      .recipe = {.steps = 5, .batch = 2, .patch = 16, .schedule = {.learning_rate = 1e-3}},
      .seed = 3});
}

std::string environment_of(const std::filesystem::path& folder, const std::string& name) {
  const auto result = exchange::read_result(folder);
  for (const auto& [known, value] : result->environment) {
    if (known == name) return value;
  }
  return "not on record";
}

double largest_difference(const training::State& first, const training::State& second) {
  EXPECT_EQ(first.tensors.size(), second.tensors.size());
  double largest = 0;
  for (std::size_t i = 0; i < first.tensors.size(); ++i) {
    const auto difference = (first.tensors[i].value - second.tensors[i].value).abs();
    if (difference.numel() > 0) largest = std::max(largest, difference.max().item<double>());
  }
  return largest;
}

TEST(ForcedKernels, TrainAlikeAndAreOnRecord) {
  const StageFolders folders;
  std::map<std::string, training::State> models;
  for (const auto& [variant, name] : choices_of(KernelVariant{})) {
    if (variant > training::widest_variant()) continue;
    const std::string text(name);
    const ForcedKernels forced(text.c_str());
    const auto folder = folders.make(text, "train", kernel_training());
    ASSERT_EQ(StageProcess(folder).wait(), 0) << *exchange::read_failure(folder);
    EXPECT_TRUE(environment_of(folder, exchange::kKernelsFact).starts_with(text));
    EXPECT_EQ(environment_of(folder, exchange::kProcessorFact), files::processor_name());
    models[text] = read_tensors(folder / "artifacts/model.safetensors");
  }
  for (const auto& [name, model] : models) {
    const auto difference = largest_difference(model, models.at("plain"));
    // Adam divides by a gradient's own size: a weight whose gradient is rounding moves by the rate.
    EXPECT_LT(difference, 5 * 1e-3) << name;
    EXPECT_EQ(difference > 0, name != "plain") << name << ": is it another variant at all?";
  }
}

TEST(ForcedKernels, AreTheWidestWhereNothingIsForced) {
  const StageFolders folders;
  const ForcedKernels none(nullptr);
  const auto folder = folders.make("usual", "train", kernel_training());
  ASSERT_EQ(StageProcess(folder).wait(), 0);
  EXPECT_TRUE(environment_of(folder, exchange::kKernelsFact)
                  .starts_with(text::name_of(training::widest_variant())));
}

TEST(ForcedKernels, ThatThereAreNotEndTheStageWithASentence) {
  const StageFolders folders;
  const ForcedKernels forced("sse9");
  const auto folder = folders.make("unknown", "train", kernel_training());
  EXPECT_EQ(StageProcess(folder).wait(), 1);
  EXPECT_EQ(
      *exchange::read_failure(folder),
      "BENCH_KERNELS: expected avx512, avx2 or plain, found \"sse9\". Unset it for the widest "
      "variant");
}

}  // namespace
}  // namespace bench::stages
