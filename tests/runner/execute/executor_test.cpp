#include "runner/execute/executor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <functional>
#include <nlohmann/json.hpp>

#include "tests/runner/fake_launcher.h"
#include "tests/temporary_folder.h"

namespace bench::runner {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

constexpr auto kDone = StageState::kDone;
constexpr auto kCached = StageState::kCached;

// Settings differ by name, so that the keys do.
PlannedStage stage(const std::string& kind, const std::string& name,
                   std::vector<PlannedInput> inputs = {}) {
  const nlohmann::json settings = {{"name", name}, {"network", {{"architecture", ""}}}};
  return {.kind = kind, .name = name, .settings_json = settings.dump(), .inputs = inputs};
}

PlannedStage with_settings_of(PlannedStage stage, const PlannedStage& other) {
  stage.settings_json = other.settings_json;
  return stage;
}

class Noted : public ExecutionObserver {
 public:
  void changed(std::size_t stage, const StageOutcome& outcome) override {
    changes.emplace_back(stage, outcome.state);
    reasons.push_back(outcome.reason);
    if (on_change) on_change(stage, outcome);
  }
  void progressed(std::size_t, const exchange::Progress& seen) override { progress = seen; }

  std::vector<std::pair<std::size_t, StageState>> changes;
  std::vector<std::string> reasons;
  std::optional<exchange::Progress> progress;
  std::function<void(std::size_t, const StageOutcome&)> on_change;
};

struct Executor : testing::Test {
  std::vector<StageOutcome> run(const Plan& plan) {
    return execute(plan, StageStore(folder.path()), launcher, observer, options);
  }
  static std::vector<StageState> states(const std::vector<StageOutcome>& outcomes) {
    std::vector<StageState> all;
    for (const auto& outcome : outcomes) all.push_back(outcome.state);
    return all;
  }
  std::size_t most_side_by_side() const {
    std::size_t most = 0;
    for (const auto& names : launcher.beside) most = std::max(most, names.size());
    return most;
  }

  tests::TemporaryFolder folder;
  FakeLauncher launcher;
  Noted observer;
  ExecutorOptions options{.threads = 2, .poll_interval = std::chrono::milliseconds(1)};
};

TEST_F(Executor, RunsEachStageAfterWhatItNeedsAndTellsEachWhereItIs) {
  const Plan plan{{stage("prepare", "a"), stage("train", "b", {{"data", 0}}),
                   stage("evaluate", "c", {{"data", 0}, {"model", 1}})}};
  const auto outcomes = run(plan);
  EXPECT_THAT(states(outcomes), ElementsAre(kDone, kDone, kDone));
  EXPECT_THAT(launcher.started, ElementsAre("a", "b", "c"));
  const StageStore store(folder.path());
  ASSERT_THAT(launcher.requests[2].inputs, SizeIs(2));
  const auto model = store.folder_of(outcomes[2].key) / launcher.requests[2].inputs[1].folder;
  EXPECT_TRUE(std::filesystem::equivalent(model, store.folder_of(outcomes[1].key)));
}

TEST_F(Executor, TellsStagesHowOftenToSaveWhichChangesNoKey) {
  const Plan plan{{stage("prepare", "a")}};
  const auto key = look_up(plan, StageStore(folder.path())).front().key;
  options.checkpoint = {.steps = 7, .seconds = 0};
  EXPECT_EQ(run(plan).front().key, key);
  EXPECT_EQ(launcher.requests.at(0).checkpoint, options.checkpoint);
}

TEST_F(Executor, DoesNothingASecondTime) {
  const Plan plan{{stage("prepare", "a"), stage("train", "b", {{"data", 0}})}};
  const auto first = run(plan);
  launcher.started.clear();
  const auto second = run(plan);
  EXPECT_THAT(states(second), ElementsAre(kCached, kCached));
  EXPECT_THAT(launcher.started, SizeIs(0));
  EXPECT_EQ(first[1].key, second[1].key);
  EXPECT_EQ(first[1].result, second[1].result);
  EXPECT_THAT(states(look_up(plan, StageStore(folder.path()))), ElementsAre(kCached, kCached));
}

TEST_F(Executor, LooksUpWithoutStartingOrWritingAnything) {
  const Plan plan{{stage("prepare", "a"), stage("train", "b", {{"data", 0}})}};
  const auto outcomes = look_up(plan, StageStore(folder.path() / "store"));
  EXPECT_THAT(states(outcomes), ElementsAre(StageState::kQueued, StageState::kQueued));
  EXPECT_FALSE(outcomes[0].key.empty());
  EXPECT_TRUE(outcomes[1].key.empty()) << "its input has no result yet";
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST_F(Executor, StartsNoMoreSideBySideThanMemoryAllows) {
  Plan plan{{stage("train", "a"), stage("train", "b"), stage("train", "c")}};
  for (auto& planned : plan.stages) planned.estimated_bytes = 600;
  options.memory_bytes = 1000;
  EXPECT_THAT(states(run(plan)), ElementsAre(kDone, kDone, kDone));
  EXPECT_EQ(most_side_by_side(), 1U);
}

TEST_F(Executor, StartsTwoThatFitAndAloneWhatFitsNowhere) {
  Plan plan{{stage("train", "a"), stage("train", "b"), stage("train", "huge")}};
  plan.stages[0].estimated_bytes = plan.stages[1].estimated_bytes = 500;
  plan.stages[2].estimated_bytes = 5000;
  options.memory_bytes = 1000;
  EXPECT_THAT(states(run(plan)), ElementsAre(kDone, kDone, kDone));
  EXPECT_EQ(most_side_by_side(), 2U);
  EXPECT_EQ(launcher.beside.back(), std::vector<std::string>{"huge"});
}

TEST_F(Executor, SkipsOnlyWhatNeedsAFailedStage) {
  const Plan plan{{stage("prepare", "a"), stage("train", "bad", {{"data", 0}}),
                   stage("evaluate", "c", {{"model", 1}}), stage("evaluate", "d", {{"model", 2}}),
                   stage("train", "good", {{"data", 0}})}};
  launcher.scripts["bad"] = {failing("the loss is not a number")};
  const auto outcomes = run(plan);
  EXPECT_THAT(states(outcomes), ElementsAre(kDone, StageState::kFailed, StageState::kSkipped,
                                            StageState::kSkipped, kDone));
  EXPECT_EQ(outcomes[1].reason, "the loss is not a number");
  EXPECT_EQ(outcomes[1].exit_code, 1);
  EXPECT_EQ(outcomes[2].reason, "needs \"bad\", which is failed");
  EXPECT_EQ(outcomes[3].reason, "needs \"c\", which is skipped");
  EXPECT_THAT(launcher.started, SizeIs(3)) << "a failed stage is not tried again";
}

TEST_F(Executor, TriesAFailedStageAgainInTheNextRunAndForgetsItsFailure) {
  const Plan plan{{stage("train", "a")}};
  launcher.scripts["a"] = {failing("bad luck")};
  EXPECT_THAT(states(run(plan)), ElementsAre(StageState::kFailed));
  const auto outcomes = run(plan);
  EXPECT_THAT(states(outcomes), ElementsAre(kDone));
  EXPECT_FALSE(std::filesystem::exists(StageStore(folder.path()).folder_of(outcomes[0].key) /
                                       exchange::kFailureFile));
}

TEST_F(Executor, TriesALostStageAgain) {
  const Plan plan{{stage("train", "a"), stage("evaluate", "b", {{"model", 0}})}};
  launcher.scripts["a"] = {ended_by(SIGKILL), ended_by(SIGTERM)};
  EXPECT_THAT(states(run(plan)), ElementsAre(kDone, kDone));
  EXPECT_THAT(launcher.started, ElementsAre("a", "a", "a", "b"));
  EXPECT_THAT(observer.reasons, testing::Contains(HasSubstr("retrying")));
}

TEST_F(Executor, GivesALostStageUpAfterItsTries) {
  const Plan plan{{stage("train", "a"), stage("evaluate", "b", {{"model", 0}})}};
  launcher.scripts["a"] = {ended_by(SIGKILL), ended_by(SIGKILL), ended_by(SIGKILL)};
  const auto outcomes = run(plan);
  EXPECT_THAT(states(outcomes), ElementsAre(StageState::kLost, StageState::kSkipped));
  EXPECT_THAT(launcher.started, SizeIs(3));
  EXPECT_THAT(outcomes[0].reason, HasSubstr("signal 9"));
}

TEST_F(Executor, GivesALostStageUpAtOnceWhereAnotherTryMakesNoSense) {
  launcher.scripts["a"] = {[](const auto&, const auto&) {
    return StageExit{.lost = "no such partition", .would_be_lost_again = true};
  }};
  const auto outcomes = run({{stage("train", "a")}});
  EXPECT_THAT(states(outcomes), ElementsAre(StageState::kLost));
  EXPECT_EQ(outcomes[0].reason, "no such partition");
  EXPECT_THAT(launcher.started, SizeIs(1));
}

StageExit killed_for_memory(const std::filesystem::path&, const exchange::StageRequest&) {
  return {.signal = SIGKILL, .out_of_memory = true};
}

TEST_F(Executor, TriesAStageOnceMoreAloneThatRanOutOfMemoryBesideOthers) {
  const Plan plan{{stage("train", "a"), stage("train", "b"), stage("train", "c")}};
  launcher.scripts["a"] = {killed_for_memory};
  EXPECT_THAT(states(run(plan)), ElementsAre(kDone, kDone, kDone));
  EXPECT_THAT(launcher.started, SizeIs(4));
  const auto again = std::find(launcher.started.rbegin(), launcher.started.rend(), "a");
  EXPECT_THAT(launcher.beside[static_cast<std::size_t>(launcher.started.rend() - again - 1)],
              ElementsAre("a"));
}

TEST_F(Executor, FailsAStageThatRunsOutOfMemoryAlone) {
  const Plan plan{{stage("train", "a"), stage("train", "b")}};
  launcher.scripts["a"] = {killed_for_memory, killed_for_memory};
  const auto outcomes = run(plan);
  EXPECT_THAT(states(outcomes), ElementsAre(StageState::kFailed, kDone));
  EXPECT_THAT(outcomes[0].reason, HasSubstr("ran out of memory; use a smaller batch"));
  EXPECT_THAT(launcher.started, SizeIs(3)) << "with nobody beside it, a third try makes no sense";
}

TEST_F(Executor, LeavesWhatFailedBeforeWhereItIsAskedTo) {
  const Plan plan{{stage("train", "a"), stage("evaluate", "b", {{"model", 0}})}};
  launcher.scripts["a"] = {failing("the loss is not a number")};
  const auto key = run(plan)[0].key;
  options.failed_before = {{key, "the loss is not a number"}};
  const auto outcomes = run(plan);
  EXPECT_THAT(states(outcomes), ElementsAre(StageState::kFailed, StageState::kSkipped));
  EXPECT_EQ(outcomes[0].reason, "the loss is not a number");
  EXPECT_THAT(launcher.started, SizeIs(1));
}

// Another executor at work in the same store was faster.
TEST_F(Executor, TakesWhatWasMadeSinceItLooked) {
  options.threads = 1;
  const Plan plan{{stage("train", "a"), stage("train", "b")}};
  const StageStore store(folder.path());
  const auto key_of_b = look_up(plan, store)[1].key;
  launcher.scripts["a"] = {[&](const auto& own, const auto& request) {
    const auto other = store.folder_of(key_of_b);
    std::filesystem::create_directories(other / exchange::kArtifactsFolder);
    exchange::write_request(other, request);
    succeed(other, request);
    return succeed(own, request);
  }};
  EXPECT_THAT(states(run(plan)), ElementsAre(kDone, kCached));
  EXPECT_THAT(launcher.started, ElementsAre("a"));
}

TEST_F(Executor, FailsAStageThatEndsWellWithoutAResult) {
  launcher.scripts["a"] = {[](const auto&, const auto&) { return StageExit{}; }};
  const auto outcomes = run({{stage("train", "a")}});
  EXPECT_THAT(states(outcomes), ElementsAre(StageState::kFailed));
  EXPECT_THAT(outcomes[0].reason, HasSubstr("exit code 0"));
}

// A result is written last and whole: what happens to the process afterwards changes nothing.
TEST_F(Executor, TakesAResultThatIsThereHoweverTheProcessEnded) {
  launcher.scripts["a"] = {[](const auto& stage_folder, const auto& request) {
    succeed(stage_folder, request);
    return StageExit{.signal = SIGSEGV};
  }};
  EXPECT_THAT(states(run({{stage("train", "a")}})), ElementsAre(kDone));
}

TEST_F(Executor, RunsTwoStagesOfOneKeyOnce) {
  const auto first = stage("train", "a");
  const auto outcomes = run({{first, with_settings_of(stage("train", "b"), first)}});
  EXPECT_THAT(states(outcomes), ElementsAre(kDone, kCached));
  EXPECT_EQ(outcomes[0].key, outcomes[1].key);
  EXPECT_THAT(launcher.started, SizeIs(1));
}

TEST_F(Executor, PutsTheArchitectureThatASearchFoundIntoWhatTrainsIt) {
  const auto train = stage("train", "train 1", {{"search", 0}});
  const Plan plan{{stage("search", "search 1"), stage("search", "search 2"), train,
                   with_settings_of(stage("train", "train 2", {{"search", 1}}), train)}};
  options.threads = 1;
  const auto outcomes = run(plan);
  // Both searches found the same, so one training serves both.
  EXPECT_THAT(states(outcomes), ElementsAre(kDone, kDone, kDone, kCached));
  const auto settings = nlohmann::json::parse(launcher.requests[2].settings_json);
  EXPECT_EQ(settings["network"]["architecture"], "PF|FP");
  EXPECT_THAT(launcher.requests[2].inputs, SizeIs(0)) << "how it was found decides nothing";
}

TEST_F(Executor, KeepsToItsThreads) {
  Plan plan;
  for (int i = 0; i < 6; ++i) plan.stages.push_back(stage("train", "s" + std::to_string(i)));
  options.threads = 3;
  launcher.polls = 4;
  EXPECT_THAT(states(run(plan)), Each(kDone));
  EXPECT_EQ(most_side_by_side(), 3U);
  for (auto& planned : plan.stages) {
    planned.threads = 2;
    planned.settings_json = stage("train", "two " + planned.name).settings_json;
  }
  launcher.beside.clear();
  EXPECT_THAT(states(run(plan)), Each(kDone));
  EXPECT_EQ(most_side_by_side(), 1U);
}

TEST_F(Executor, RunsAStageThatWantsMoreThreadsThanThereAre) {
  Plan plan{{stage("train", "a"), stage("train", "b")}};
  for (auto& planned : plan.stages) planned.threads = 64;
  EXPECT_THAT(states(run(plan)), Each(kDone));
  EXPECT_EQ(most_side_by_side(), 1U);
}

TEST_F(Executor, LeavesAStageAloneWhoseTimeIsMeasured) {
  Plan plan{{stage("cost", "p1"), stage("cost", "p2"), stage("train", "a"), stage("train", "b"),
             stage("evaluate", "c", {{"model", 2}})}};
  plan.stages[0].alone = plan.stages[1].alone = true;
  options.threads = 4;
  EXPECT_THAT(states(run(plan)), Each(kDone));
  for (const auto& names : launcher.beside) {
    const bool measured = std::any_of(names.begin(), names.end(),
                                      [](const auto& name) { return name.starts_with("p"); });
    if (measured) {
      EXPECT_THAT(names, SizeIs(1));
    }
  }
}

TEST_F(Executor, StartsTheLongestChainFirst) {
  Plan plan{
      {stage("train", "short"), stage("train", "head"), stage("evaluate", "tail", {{"model", 1}})}};
  plan.stages[0].estimated_seconds = 5;
  plan.stages[1].estimated_seconds = 1;
  plan.stages[2].estimated_seconds = 10;
  options.threads = 1;
  run(plan);
  EXPECT_THAT(launcher.started, ElementsAre("head", "tail", "short"));
}

TEST_F(Executor, PassesOnWhatAStageSays) {
  run({{stage("train", "a")}});
  ASSERT_TRUE(observer.progress);
  EXPECT_EQ(observer.progress->step, 2);
}

TEST_F(Executor, EndsCleanlyWhenInterruptedAndGoesOnAfterwards) {
  std::atomic<bool> interrupted{false};
  options.interrupted = &interrupted;
  observer.on_change = [&](std::size_t, const StageOutcome& outcome) {
    if (outcome.state == StageState::kRunning) interrupted = true;
  };
  launcher.polls = 1000;
  const Plan plan{{stage("train", "a"), stage("evaluate", "b", {{"model", 0}})}};
  EXPECT_THAT(states(run(plan)), ElementsAre(StageState::kInterrupted, StageState::kQueued));
  EXPECT_EQ(launcher.interrupts, 1);
  EXPECT_EQ(launcher.kills, 0);
  observer.on_change = nullptr;
  interrupted = false;
  launcher.polls = 2;
  EXPECT_THAT(states(run(plan)), ElementsAre(kDone, kDone));
}

TEST_F(Executor, KillsAStageThatDoesNotEndInTime) {
  std::atomic<bool> interrupted{false};
  options.interrupted = &interrupted;
  options.patience = std::chrono::milliseconds(20);
  observer.on_change = [&](std::size_t, const StageOutcome& outcome) {
    if (outcome.state == StageState::kRunning) interrupted = true;
  };
  launcher.obeys = false;
  EXPECT_THAT(states(run({{stage("train", "a")}})), ElementsAre(StageState::kInterrupted));
  EXPECT_GE(launcher.kills, 1);
}

}  // namespace
}  // namespace bench::runner
