#include <gtest/gtest.h>

#include "db/run_names.h"
#include "db/run_reader.h"
#include "db/run_store.h"
#include "tests/db/example_store.h"

namespace bench::db {
namespace {

/// Three runs; the one that was asked for last is neither the last by name nor, by a clock that
/// went back, the youngest.
class ThreeRuns : public testing::Test {
 protected:
  ThreeRuns() {
    RunStore store(folder_.file());
    auto other = example_run("20260503-b7c1", "2026-05-03T00:00:00Z");
    other.experiment_name = "denoise";
    store.begin_run(other, example_plan("", 4, StageState::kFailed));
    store.begin_run(example_run("20260501-a111", "2026-05-01T00:00:00Z"), {});
    auto stages = example_plan("", 4, StageState::kDone);
    stages[1].outcome = StageState::kCached;
    stages[2].outcome = StageState::kLost;
    stages[3].outcome = StageState::kQueued;
    store.begin_run(example_run("20260501-a122", "2026-05-01T00:00:01Z"), stages);
  }

  std::string complaint_about(const std::string& name) const {
    try {
      RunReader(folder_.file()).find_run(name);
    } catch (const UnknownRun& error) {
      return error.what();
    }
    return "";
  }

  ScratchFolder folder_;
};

TEST_F(ThreeRuns, AreListedNewestFirst) {
  const auto runs = RunReader(folder_.file()).runs();

  ASSERT_EQ(runs.size(), 3U);
  EXPECT_EQ(runs[0].run_id, "20260501-a122");
  EXPECT_EQ(runs[1].run_id, "20260501-a111");
  EXPECT_EQ(runs[2].run_id, "20260503-b7c1");
}

TEST_F(ThreeRuns, AreListedByStartAndState) {
  const RunReader reader(folder_.file());
  RunStore(folder_.file()).finish_run("20260501-a111", RunState::kFailed, "2026-05-04T00:00:00Z");

  const auto ids = [&](const RunPage& page) {
    std::vector<std::string> found;
    for (const auto& run : reader.runs(page)) found.push_back(run.run_id);
    return found;
  };
  using Ids = std::vector<std::string>;

  EXPECT_EQ(ids({.since_utc = "2026-05-01T00:00:01Z"}), (Ids{"20260501-a122", "20260503-b7c1"}));
  EXPECT_EQ(ids({.since_utc = "2026-05-02"}), (Ids{"20260503-b7c1"}));
  EXPECT_EQ(ids({.states = {RunState::kFailed}}), (Ids{"20260501-a111"}));
  EXPECT_EQ(ids({.states = {RunState::kFailed, RunState::kRunning}}).size(), 3U);
  EXPECT_EQ(ids({.experiment_name = "denoise", .states = {RunState::kFailed}}), Ids{});
}

TEST_F(ThreeRuns, AreFoundByTheirPlaceBeforeTheLatest) {
  const RunReader reader(folder_.file());

  EXPECT_EQ(reader.find_run("latest~0").run_id, "20260501-a122");
  EXPECT_EQ(reader.find_run("latest~2").run_id, "20260503-b7c1");
  EXPECT_NE(complaint_about("latest~3").find("has only 3 runs"), std::string::npos);
  for (const char* name : {"latest~", "latest~-1", "latest~x", "latest~1x"}) {
    EXPECT_NE(complaint_about(name), "") << name;
  }
}

TEST_F(ThreeRuns, AreListedPageByPage) {
  const auto page = RunReader(folder_.file()).runs({.limit = 1, .offset = 1});

  ASSERT_EQ(page.size(), 1U);
  EXPECT_EQ(page[0].run_id, "20260501-a111");
}

TEST_F(ThreeRuns, AreListedByExperiment) {
  const RunReader reader(folder_.file());

  const auto runs = reader.runs({.experiment_name = "derain_transfer"});

  ASSERT_EQ(runs.size(), 2U);
  EXPECT_EQ(runs[0].run_id, "20260501-a122");
  EXPECT_EQ(reader.run_count("derain_transfer"), 2);
  EXPECT_EQ(reader.run_count("no such"), 0);
  EXPECT_EQ(reader.run_count(), 3);
}

TEST_F(ThreeRuns, SayHowTheirStagesEnded) {
  const auto runs = RunReader(folder_.file()).runs();

  EXPECT_EQ(runs[0].stage_count, 4);
  EXPECT_EQ(runs[0].good_stage_count, 2);
  EXPECT_EQ(runs[0].bad_stage_count, 1);
  EXPECT_EQ(runs[2].bad_stage_count, 4);
}

TEST_F(ThreeRuns, AreTheLatestWhenAskedForAgain) {
  RunStore(folder_.file()).ask_again("20260501-a111");
  EXPECT_EQ(RunReader(folder_.file()).find_run("latest").run_id, "20260501-a111");
  EXPECT_THROW(RunStore(folder_.file()).ask_again("20260501"), DatabaseError);
}

TEST_F(ThreeRuns, AreFoundByIdBeginningAndLatest) {
  const RunReader reader(folder_.file());

  EXPECT_EQ(reader.find_run("20260501-a111").run_id, "20260501-a111");
  EXPECT_EQ(reader.find_run("20260501-a12").run_id, "20260501-a122");
  EXPECT_EQ(reader.find_run("latest").run_id, "20260501-a122");
}

TEST_F(ThreeRuns, AreAllNamedWhenABeginningFitsSeveral) {
  const auto message = complaint_about("20260501-a1");
  EXPECT_NE(message.find("2 that match"), std::string::npos) << message;
  EXPECT_NE(message.find("\"20260501-a122\", \"20260501-a111\""), std::string::npos) << message;
}

TEST_F(ThreeRuns, AreSuggestedNearestFirst) {
  const auto message = complaint_about("20260503-b8");
  EXPECT_NE(message.find("The closest ids are \"20260503-b7c1\""), std::string::npos) << message;
  EXPECT_NE(message.find("bench ls"), std::string::npos) << message;
}

TEST_F(ThreeRuns, AreSuggestedForTheNameOfTheirExperiment) {
  const auto message = complaint_about("derain_transfer");
  EXPECT_NE(message.find("experiment; its newest run is \"20260501-a122\""), std::string::npos)
      << message;
}

TEST_F(ThreeRuns, AreNotFoundByLettersWithAMeaningInSql) {
  for (const char* name : {"%", "_", "2026%", "*", "' OR 1 --", ""}) {
    EXPECT_NE(complaint_about(name).find("no such run"), std::string::npos) << name;
  }
}

TEST(RunReader, SaysOfAnEmptyStoreThatItIsEmpty) {
  const ScratchFolder folder;
  const RunStore store(folder.file());
  const RunReader reader(folder.file());

  EXPECT_THROW(reader.find_run("latest"), UnknownRun);
  EXPECT_THROW(reader.find_run("a"), UnknownRun);
  EXPECT_TRUE(reader.runs().empty());
  EXPECT_TRUE(reader.run_stages("a").empty());
}

TEST(ChooseRun, PrefersTheWholeIdToItsContinuations) {
  EXPECT_EQ(choose_run("a", {"ab", "a"}), "a");
}

}  // namespace
}  // namespace bench::db
