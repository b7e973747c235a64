#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>

#include "db/run_reader.h"
#include "db/run_store.h"
#include "runner/execute/executor.h"
#include "runner/record/run_recorder.h"
#include "runner/study/make_study.h"
#include "tests/runner/example_experiment.h"
#include "tests/runner/fake_launcher.h"
#include "tests/temporary_folder.h"

/// From a plan through a database to what a report is made of.
namespace bench::runner {
namespace {

using testing::HasSubstr;

const std::string kRun = "example-quick-1";

template <typename Item, typename Condition>
std::size_t count_if(const std::vector<Item>& items, Condition condition) {
  return static_cast<std::size_t>(std::count_if(items.begin(), items.end(), condition));
}

struct RecordedRun : testing::Test {
  RecordedRun()
      : experiment(read_example(example_experiment())),
        plan(make_plan(experiment, profile_of(experiment, "quick"), experiment.seeds)),
        store(folder.path()) {}

  void carry_out(const std::string& database_name = "bench.db") {
    db::RunStore database(folder.path() / database_name);
    std::vector<db::RunStage> stages;
    for (std::size_t i = 0; i < plan.stages.size(); ++i) {
      stages.push_back(run_stage(kRun, i, plan.stages[i], {}));
    }
    database.begin_run({.run_id = kRun,
                        .experiment_name = "example",
                        .profile = "quick",
                        .seeds = {1, 2},
                        .command_line = "bench run x.json",
                        .started_utc = "2026-01-01T00:00:00Z"},
                       stages);
    RunRecorder recorder(database, store, plan, kRun, {});
    execute(plan, store, launcher, recorder,
            {.threads = 4, .poll_interval = std::chrono::milliseconds(1)});
    database.finish_run(kRun, db::RunState::kDone, "2026-01-01T01:00:00Z");
  }
  reports::Study study(const std::string& database_name = "bench.db") const {
    const db::RunReader reader(folder.path() / database_name);
    return make_study(experiment, reader, kRun, store);
  }

  tests::TemporaryFolder folder;
  Experiment experiment;
  Plan plan;
  StageStore store;
  FakeLauncher launcher;
};

TEST_F(RecordedRun, HasEveryScoreWithItsContestantTaskAndSeed) {
  carry_out();
  const auto made = study();
  EXPECT_EQ(made.run_id, kRun);
  EXPECT_EQ(made.finished_utc, "2026-01-01T01:00:00Z");
  // Two images each: searched, fusion and dncnn on 2 tasks, mixed on 1, under 2 seeds; the
  // degraded input on 2 tasks and bm3d on 1, under none.
  EXPECT_EQ(made.scores.size(), 2U * (7 * 2 + 3));
  EXPECT_EQ(count_if(made.scores,
                     [](const auto& score) {
                       return score.contestant == "dncnn" && score.task == "derain" &&
                              score.seed == 2;
                     }),
            2U);
  EXPECT_EQ(
      count_if(made.scores,
               [](const auto& score) { return score.contestant == "degraded" && score.seed == 0; }),
      4U);
  EXPECT_TRUE(made.missing.empty());
  EXPECT_EQ(made.stages.size(), plan.stages.size());
}

TEST_F(RecordedRun, HasArchitecturesCurvesCostsAndImages) {
  carry_out();
  const auto made = study();
  auto searched = made.architectures;
  std::erase_if(searched, [](const auto& fact) { return fact.task.empty(); });
  ASSERT_EQ(searched.size(), 2U);
  EXPECT_EQ(searched[1].contestant, "searched");
  EXPECT_EQ(searched[1].architecture, "PF|FP");
  EXPECT_EQ(searched[1].seed, 2);
  EXPECT_EQ(made.architectures.size(), 6U) << "and those of two hand-made contestants a seed";
  EXPECT_EQ(made.curves.size(), 14U) << "one a training";
  EXPECT_EQ(made.curves[0].points.size(), 2U);
  EXPECT_EQ(count_if(made.costs, [](const auto& cost) { return cost.quantity == "latency_ms"; }),
            2U * count_if(plan.stages, [](const auto& stage) { return stage.kind == "cost"; }));
  EXPECT_EQ(count_if(made.costs, [](const auto& cost) { return cost.quantity == "train_seconds"; }),
            14U);
  EXPECT_EQ(count_if(made.images, [](const auto& image) { return image.role == "target"; }), 2U)
      << "once a task, whoever restored it";
  for (const auto& image : made.images) EXPECT_TRUE(std::filesystem::exists(image.file));
}

TEST_F(RecordedRun, SaysWhichCellsAreMissingAndWhy) {
  launcher.scripts["train dncnn on derain, seed 2"] = {failing("the loss is not a number")};
  carry_out();
  const auto made = study();
  ASSERT_EQ(made.missing.size(), 1U);
  EXPECT_EQ(made.missing[0].contestant, "dncnn");
  EXPECT_EQ(made.missing[0].task, "derain");
  EXPECT_EQ(made.missing[0].seed, 2);
  EXPECT_EQ(made.missing[0].state, "skipped");
  EXPECT_THAT(made.missing[0].reason, HasSubstr("train dncnn on derain, seed 2"));
  EXPECT_EQ(made.scores.size(), 2U * (7 * 2 + 3) - 2);
}

TEST_F(RecordedRun, IsTheSameFromAnotherDatabaseOverTheSameFolders) {
  carry_out();
  carry_out("again.db");
  const auto first = study(), again = study("again.db");
  ASSERT_EQ(first.scores.size(), again.scores.size());
  for (std::size_t i = 0; i < first.scores.size(); ++i) {
    EXPECT_EQ(first.scores[i].value, again.scores[i].value);
    EXPECT_EQ(first.scores[i].stage_key, again.scores[i].stage_key);
  }
  EXPECT_EQ(first.curves.size(), again.curves.size());
  EXPECT_EQ(first.images.size(), again.images.size());
}

TEST_F(RecordedRun, NamesTheKindOfStagesThatNeverStarted) {
  launcher.scripts["search searched on denoise, seed 1"] = {failing("no")};
  carry_out();
  for (const auto& stage : study().stages) {
    EXPECT_THAT(stage.kind, testing::AnyOf("prepare", "search", "train", "evaluate", "cost"))
        << stage.name;
  }
}

TEST_F(RecordedRun, KeepsALostStageApartFromAFailedOne) {
  launcher.scripts["search searched on denoise, seed 1"] = {ended_by(SIGKILL), ended_by(SIGKILL),
                                                            ended_by(SIGKILL)};
  carry_out();
  const db::RunReader reader(folder.path() / "bench.db");
  std::size_t lost = 0, skipped = 0;
  for (const auto& stage : reader.run_stages(kRun)) {
    lost += stage.outcome == exchange::StageState::kLost ? 1 : 0;
    skipped += stage.outcome == exchange::StageState::kSkipped ? 1 : 0;
  }
  EXPECT_EQ(lost, 1U);
  EXPECT_EQ(skipped, 2U + 2 + 2) << "trainings, evaluations and costs on two tasks";
}

}  // namespace
}  // namespace bench::runner
