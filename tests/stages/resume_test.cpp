// Stages are killed (kill -9) at random points and started again: what they end with has to be
// bit-identical to an undisturbed run.
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <random>
#include <thread>

#include "core/files/read_file.h"
#include "core/files/write_file.h"
#include "stage_folders.h"
#include "stages/exchange/result.h"
#include "stages/tensor_file.h"

namespace bench::stages {
namespace {

namespace fs = std::filesystem;

using clearer::StrategyKind;

constexpr std::int64_t kSteps = 90;
constexpr std::int64_t kStepsBetweenCheckpoints = 7;

clearer::SearchSpace tiny_space() {
  return {.channels = {4, 4, 4},
          .modules = {1, 1, 2},
          .global_residual = true,
          .initialization = clearer::Initialization::kKaiming};
}

training::Recipe recipe(training::OptimizerKind optimizer = training::OptimizerKind::kAdam) {
  return {.steps = kSteps, .batch = 2, .patch = 16, .optimizer = {.kind = optimizer}};
}

std::string search_settings(StrategyKind strategy) {
  exchange::SearchStage stage{
      .task = StageFolders::task(), .space = tiny_space(), .search = {}, .seed = 3};
  stage.search.strategy = strategy;
  stage.search.weights = recipe();
  stage.search.warm_up_fraction = 0.1;
  stage.search.architecture_schedule.learning_rate = 0.03;
  return exchange::to_json(stage);
}

std::string training_settings(training::OptimizerKind optimizer) {
  return exchange::to_json(exchange::TrainStage{
      .task = StageFolders::task(),
      .network = {.kind = "clearer", .space = tiny_space(), .architecture = "P|FP"},
      .recipe = recipe(optimizer),
      .seed = 3});
}

bool log_has(const fs::path& folder, const std::string& words) {
  return files::read_file(folder / "stage.log").find(words) != std::string::npos;
}

/// Kills the stage in the n-th of `of` parts of its steps, at a step and a moment drawn.
void kill_within(const fs::path& folder, std::int64_t part, std::int64_t parts,
                 std::mt19937_64& random) {
  const auto first = kStepsBetweenCheckpoints + 1;
  const auto width = (kSteps - first) / parts;
  const auto step = first + part * width +
                    static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(width / 2));
  StageProcess process(folder);
  ASSERT_TRUE(process.wait_for_step(step)) << "it ended before step " << step;
  // Also in the middle of a step, of a checkpoint, of a line of events.
  std::this_thread::sleep_for(std::chrono::microseconds(random() % 4000));
  ASSERT_TRUE(process.kill()) << "it ended before it was killed after step " << step;
  const auto checkpoint = read_tensors(folder / "checkpoint.safetensors");
  EXPECT_GE(std::stoll(checkpoint.facts.at("position")), kStepsBetweenCheckpoints);
}

void expect_same_end(const fs::path& disturbed, const fs::path& undisturbed) {
  EXPECT_EQ(files::read_file(disturbed / exchange::kEventsFile),
            files::read_file(undisturbed / exchange::kEventsFile));
  const auto found = exchange::read_result(disturbed);
  const auto expected = exchange::read_result(undisturbed);
  ASSERT_TRUE(found && expected);
  EXPECT_EQ(found->facts, expected->facts);  // the digest of a search's last state among them
  EXPECT_EQ(found->quantities, expected->quantities);
  EXPECT_EQ(found->artifacts, expected->artifacts);  // with their SHA-256
  EXPECT_FALSE(fs::exists(disturbed / "checkpoint.safetensors"));
}

/// Kills in `kills` parts, goes on after each, and compares.
void expect_resumes(const std::string& kind, const std::string& settings, std::int64_t kills) {
  const auto seed = std::random_device()();
  SCOPED_TRACE("random points of seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  const StageFolders folders;
  const auto undisturbed = folders.make("undisturbed", kind, settings);
  ASSERT_EQ(StageProcess(undisturbed).wait(), 0);
  const auto disturbed =
      folders.make("disturbed", kind, settings, {.steps = kStepsBetweenCheckpoints, .seconds = 0});
  for (std::int64_t part = 0; part < kills; ++part) {
    kill_within(disturbed, part, kills, random);
    if (testing::Test::HasFatalFailure()) return;
  }
  ASSERT_EQ(StageProcess(disturbed).wait(), 0);
  expect_same_end(disturbed, undisturbed);
  EXPECT_TRUE(log_has(disturbed, "resumes from a checkpoint at position"));
}

TEST(Resume, ATrainingKilledAtThreeRandomPointsEndsBitIdentically) {
  expect_resumes("train", training_settings(training::OptimizerKind::kAdam), 3);
}

TEST(Resume, ATrainingBySgdKilledEndsBitIdentically) {
  expect_resumes("train", training_settings(training::OptimizerKind::kSgd), 1);
}

TEST(Resume, ASearchKilledAtThreeRandomPointsEndsBitIdentically) {
  expect_resumes("search", search_settings(StrategyKind::kClearer), 3);
}

class ResumeOfStrategy : public testing::TestWithParam<StrategyKind> {};

TEST_P(ResumeOfStrategy, EndsBitIdentically) {
  expect_resumes("search", search_settings(GetParam()), 1);
}

INSTANTIATE_TEST_SUITE_P(Every, ResumeOfStrategy,
                         testing::Values(StrategyKind::kDartsFirstOrder,
                                         StrategyKind::kDartsSecondOrder, StrategyKind::kJoint,
                                         StrategyKind::kRandom, StrategyKind::kEvolution,
                                         StrategyKind::kExhaustive));

/// The signal after 20 of its steps, and again from there.
void expect_stops_and_goes_on(const std::string& kind, const std::string& settings, int signal) {
  const StageFolders folders;
  const auto undisturbed = folders.make("undisturbed", kind, settings);
  ASSERT_EQ(StageProcess(undisturbed).wait(), 0);
  const auto stopped = folders.make("stopped", kind, settings);
  {
    StageProcess process(stopped);
    ASSERT_TRUE(process.wait_for_step(20));
    process.ask_to_stop(signal);
    EXPECT_EQ(process.wait(), exchange::kInterruptedExit);
  }
  const auto checkpoint = read_tensors(stopped / "checkpoint.safetensors");
  const std::string position = checkpoint.facts.at("position");
  EXPECT_GE(std::stoll(position), 20);
  ASSERT_EQ(StageProcess(stopped).wait(), 0);
  expect_same_end(stopped, undisturbed);
  EXPECT_TRUE(log_has(stopped, "resumes from a checkpoint at position " + position));
}

TEST(Resume, AStageThatIsAskedToStopGoesOnToTheSameEnd) {
  expect_stops_and_goes_on("search", search_settings(StrategyKind::kClearer), SIGTERM);
  const auto training = training_settings(training::OptimizerKind::kAdam);
  for (const int signal : {SIGTERM, SIGINT, SIGQUIT, SIGHUP}) {
    SCOPED_TRACE(signal);
    expect_stops_and_goes_on("train", training, signal);
  }
}

TEST(Resume, AStageWhoseCheckpointIsDamagedBeginsAgainAndSaysSo) {
  const StageFolders folders;
  const auto settings = training_settings(training::OptimizerKind::kAdam);
  const auto undisturbed = folders.make("undisturbed", "train", settings);
  ASSERT_EQ(StageProcess(undisturbed).wait(), 0);
  const std::string no_tensors("\x02\0\0\0\0\0\0\0{}", 10);
  for (const auto& text : {std::string(), std::string("x"), no_tensors}) {
    const auto damaged = folders.make("damaged" + std::to_string(text.size()), "train", settings);
    files::write_file(damaged / "checkpoint.safetensors", text);
    files::write_file(damaged / exchange::kEventsFile, "{\"event\":\"point\"}\n");
    ASSERT_EQ(StageProcess(damaged).wait(), 0) << files::read_file(damaged / "stage.log");
    expect_same_end(damaged, undisturbed);
    EXPECT_TRUE(log_has(damaged, "this checkpoint cannot be used"));
  }
}

}  // namespace
}  // namespace bench::stages
