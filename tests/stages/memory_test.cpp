// What `bench plan` says beforehand of the memory of a stage, against what the stage then took; and
// what a stage says that gets less.
#include <c10/util/Exception.h>
#include <gtest/gtest.h>

#include <functional>
#include <regex>

#include "core/text/number.h"
#include "stage_folders.h"
#include "stages/exchange/exit_codes.h"
#include "stages/exchange/result.h"
#include "stages/memory/estimate.h"
#include "stages/out_of_memory.h"

namespace bench::stages {
namespace {

using clearer::SearchSpace;
using exchange::SearchStage;
using exchange::TrainStage;
using training::Recipe;

constexpr std::int64_t kMebi = 1 << 20;

SearchSpace widths_from(std::int64_t width) {
  return {.channels = {width, 2 * width, 4 * width, 8 * width},
          .modules = {2, 2, 2, 2},
          .global_residual = true,
          .initialization = clearer::Initialization::kKaiming};
}

Recipe recipe(std::int64_t batch, std::int64_t patch) {
  return {.steps = 3, .batch = batch, .patch = patch};
}

TrainStage a_training(std::int64_t width, std::int64_t batch, std::int64_t patch) {
  return {.task = StageFolders::task(),
          .network = {.kind = "clearer", .space = widths_from(width), .architecture = "PF|PF|PF"},
          .recipe = recipe(batch, patch),
          .seed = 1};
}

SearchStage search(std::int64_t width, std::int64_t batch, std::int64_t patch) {
  SearchStage stage{.task = StageFolders::task(), .space = widths_from(width), .seed = 1};
  stage.search.weights = recipe(batch, patch);
  return stage;
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;  // stages then take several times the memory
#else
constexpr bool kSanitized = false;
#endif

class Memory : public testing::Test {
 protected:
  void SetUp() override {
    if (kSanitized) GTEST_SKIP() << "estimates of memory: not of a sanitizer's build";
  }
};

class OutOfMemory : public Memory {};

template <typename Stage>
void expect_estimated(const char* kind, const Stage& stage,
                      const exchange::CheckpointInterval& checkpoint = {}) {
  const StageFolders folders;
  const auto folder = folders.make("measured", kind, to_json(stage), checkpoint);
  ASSERT_EQ(StageProcess(folder).wait(), 0)
      << exchange::read_failure(folder).value_or("no failure.json");
  const auto measured = exchange::read_result(folder)->resources.peak_memory_bytes;
  const auto estimated = memory::estimated_bytes(stage, /*data_bytes=*/0);
  ASSERT_TRUE(estimated);
  const double ratio = static_cast<double>(*estimated) / static_cast<double>(measured);
  EXPECT_GT(ratio, 0.75) << text::bytes(measured);
  EXPECT_LT(ratio, 1.25) << text::bytes(measured);
}

TEST_F(Memory, OfATrainingIsEstimatedWithinAQuarter) {
  expect_estimated("train", a_training(8, 8, 32));
  expect_estimated("train", a_training(8, 32, 64));
  expect_estimated("train", a_training(32, 1, 32));
}

TEST_F(Memory, OfATrainingInBfloat16IsEstimatedWithinAQuarter) {
  auto stage = a_training(16, 16, 64);
  stage.machine.precision = training::Precision::kBfloat16;
  expect_estimated("train", stage);
}

TEST_F(Memory, OfASearchIsEstimatedWithinAQuarter) {
  expect_estimated("search", search(8, 8, 32));
  expect_estimated("search", search(16, 8, 64));
}

TEST_F(Memory, OfACheckpointIsInTheEstimate) {
  expect_estimated("search", search(64, 1, 16), {.steps = 1, .seconds = 0});
}

TEST_F(Memory, OfABaselineIsEstimatedWithinAQuarter) {
  TrainStage stage = a_training(8, 16, 64);
  stage.network = {
      .kind = "network", .method = "dncnn", .options = {{"depth", 8}, {"features", 32}}};
  expect_estimated("train", stage);
}

/// The batch and the patch of "batch of 8 with 64 x 64 pixels".
std::pair<std::int64_t, std::int64_t> advised(const std::string& sentence) {
  static const std::regex setting("batch of ([0-9]+) with ([0-9]+) x");
  std::smatch parts;
  if (!std::regex_search(sentence, parts, setting)) return {0, 0};
  return {std::stoll(parts[1]), std::stoll(parts[2])};
}

void expect_usable_advice(const std::string& kind, const std::string& large,
                          const std::function<std::string(std::int64_t, std::int64_t)>& smaller) {
  constexpr std::int64_t kLimit = 700 * kMebi;
  const StageFolders folders;
  const auto folder = folders.make("large", kind, large);
  EXPECT_EQ(StageProcess(folder, kLimit).wait(), exchange::kOutOfMemoryExit);
  EXPECT_FALSE(exchange::read_result(folder));
  const auto sentence = exchange::read_failure(folder).value_or("no failure.json");
  EXPECT_TRUE(std::regex_search(sentence, std::regex("out of memory: needed [0-9.]+ [MG]iB "
                                                     "more, [0-9]+ MiB available; this " +
                                                     kind + "(ing)? needs about .* GiB")))
      << sentence;
  EXPECT_EQ(sentence.find('\n'), std::string::npos);
  const auto [batch, patch] = advised(sentence);
  ASSERT_GE(batch, 1) << sentence;
  EXPECT_GE(batch * patch, 64) << sentence << ": far less than would fit";
  const auto again = folders.make("advised", kind, smaller(batch, patch));
  EXPECT_EQ(StageProcess(again, kLimit).wait(), 0)
      << sentence << " but " << exchange::read_failure(again).value_or("");
}

TEST_F(OutOfMemory, OfATrainingNamesABatchThatFits) {
  expect_usable_advice("train", to_json(a_training(16, 256, 64)), [](auto batch, auto patch) {
    return to_json(a_training(16, batch, patch));
  });
}

TEST_F(OutOfMemory, OfASearchNamesABatchThatFits) {
  expect_usable_advice("search", to_json(search(16, 256, 64)),
                       [](auto batch, auto patch) { return to_json(search(16, batch, patch)); });
}

TEST(MemoryShortage, IsKnownByItsErrors) {
  EXPECT_TRUE(memory_shortage(std::bad_alloc()));
  EXPECT_FALSE(memory_shortage(std::runtime_error("step 3: L_Res is not finite")));
  const auto on_gpu = memory_shortage(c10::OutOfMemoryError(
      {__func__, __FILE__, 1},
      "CUDA out of memory. Tried to allocate 2.50 GiB. GPU 0 has a total capacity of 79.00 GiB of "
      "which 1.00 GiB is free."));
  ASSERT_TRUE(on_gpu);
  EXPECT_TRUE(on_gpu->on_gpu);
  EXPECT_EQ(on_gpu->bytes, std::int64_t{2560} * kMebi);
  EXPECT_EQ(on_gpu->gpu_bytes, std::int64_t{79} * 1024 * kMebi);
}

TEST(ShortageText, OfAStageWithoutAnEstimateAdvisesByItsKind) {
  const auto text = [](const std::string& kind) {
    return shortage_text(MemoryShortage{kMebi}, {.kind = kind, .settings_json = "{}"}, {}, 0);
  };
  EXPECT_NE(text("restore").find("--tile"), std::string::npos) << text("restore");
  EXPECT_NE(text("evaluate").find("--threads 1"), std::string::npos) << text("evaluate");
  EXPECT_NE(text("evaluate").find("needed 1 MiB more"), std::string::npos);
}

TEST(ShortageText, AdvisesOnAGpuByItsSize) {
  auto stage = a_training(32, 4096, 64);
  stage.machine.device = exchange::Device::kCuda;
  const exchange::StageRequest request{.kind = "train", .settings_json = to_json(stage)};
  const MemoryShortage shortage{2560 * kMebi, true, 16 * 1024 * kMebi};
  const auto sentence = shortage_text(shortage, request, shortage.gpu_bytes, 0);
  EXPECT_NE(sentence.find("out of GPU memory: needed 2.5 GiB more, 16 GiB"), std::string::npos)
      << sentence;
  EXPECT_GT(advised(sentence).first, 100) << sentence;
  EXPECT_LT(advised(sentence).first, 4096) << sentence;
}

}  // namespace
}  // namespace bench::stages
