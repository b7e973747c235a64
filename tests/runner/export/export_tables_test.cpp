#include "runner/export/export_tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <sstream>

#include "db/run_store.h"
#include "tests/temporary_folder.h"

namespace bench::runner {
namespace {

using testing::ElementsAre;

const std::string kTraining(64, 'a'), kEvaluation(64, 'b');

db::RunStage place(int position, const std::string& kind, const std::string& contestant,
                   const std::string& key) {
  return {.run_id = "r1",
          .position = position,
          .name = kind + " " + contestant,
          .kind = kind,
          .key = key,
          .outcome = exchange::StageState::kDone,
          .contestant = contestant,
          .task = "derain",
          .seed = 3};
}

struct Exported : testing::Test {
  Exported() : store(folder.path() / "bench.db"), reader(folder.path() / "bench.db") {
    const std::vector<db::RunStage> plan = {
        place(0, "train", "net", kTraining), place(1, "train", "twin", kTraining),
        place(2, "evaluate", "net", kEvaluation),
        db::RunStage{.run_id = "r1", .position = 3, .name = "evaluate twin", .kind = "evaluate"}};
    store.begin_run({.run_id = "r1",
                     .experiment_name = "study",
                     .profile = "quick",
                     .seeds = {3},
                     .command_line = "bench run study.json",
                     .started_utc = "2026-01-01T00:00:00Z"},
                    plan);
    db::StageMeasurements trained;
    trained.points = {{"", "loss", 1, 0.1}, {"", "loss", 2, std::nan("")}};
    store.record_stage(record(kTraining, "train"), trained, plan[0]);
    db::StageMeasurements scored;
    scored.scores = {
        {"", "set \"A\", 12", "p1.png", "psnr", 1.0 / 3.0},
        {"", "set \"A\", 12", "p2\n.png", "psnr", std::numeric_limits<double>::infinity()}};
    scored.quantities = {{"", "parameters", "1", 1234, 0}};
    scored.text_facts = {{"", "architecture", "PF|FF"}};
    store.record_stage(record(kEvaluation, "evaluate"), scored, plan[2]);
  }

  static db::StageRecord record(const std::string& key, const std::string& kind) {
    db::StageRecord stage;
    stage.key = key;
    stage.name = kind;
    stage.kind = kind;
    stage.settings_json = "{}";
    stage.started_utc = "2026-01-01T00:00:00Z";
    return stage;
  }

  ExportTable table(const std::string& name) const {
    for (auto& one : export_tables(reader, "r1")) {
      if (one.name == name) return one;
    }
    throw std::out_of_range(name);
  }

  tests::TemporaryFolder folder;
  db::RunStore store;
  db::RunReader reader;
};

// RFC 4180, section 2: quotes are doubled, and a field with a comma, quote or line break is quoted.
TEST_F(Exported, ScoresAreCsvOfRfc4180WithAllDigits) {
  EXPECT_EQ(csv_of(table("scores")),
            "contestant,task,seed,data_set,image,protocol,value,stage\r\n"
            "net,derain,3,\"set \"\"A\"\", 12\",p1.png,psnr,0.3333333333333333," +
                kEvaluation +
                "\r\n"
                "net,derain,3,\"set \"\"A\"\", 12\",\"p2\n.png\",psnr,inf," +
                kEvaluation + "\r\n");
}

TEST_F(Exported, JsonLinesReadBackAsTheRows) {
  std::istringstream lines(json_lines_of(table("scores")));
  std::vector<nlohmann::json> rows;
  for (std::string line; std::getline(lines, line);) rows.push_back(nlohmann::json::parse(line));
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].at("value"), 1.0 / 3.0);
  EXPECT_EQ(rows[1].at("value"), "inf");
  EXPECT_EQ(rows[1].at("image"), "p2\n.png");
  EXPECT_EQ(rows[1].at("seed"), 3);
}

TEST_F(Exported, ATrainingThatTwoShareIsExportedForEach) {
  const auto points = table("points");
  std::vector<std::string> contestants;
  for (const auto& row : points.rows) contestants.push_back(std::get<std::string>(row.at(0)));
  EXPECT_THAT(contestants, ElementsAre("net", "net", "twin", "twin"));
  EXPECT_NE(csv_of(points).find(",loss,2,nan,"), std::string::npos);
}

TEST_F(Exported, AStageWithoutARecordHasEmptyCells) {
  const auto stages = table("stages");
  ASSERT_EQ(stages.rows.size(), 4U);
  for (const auto& row : stages.rows) EXPECT_EQ(row.size(), stages.columns.size());
  EXPECT_EQ(csv_of({.name = "last", .columns = stages.columns, .rows = {stages.rows[3]}})
                .substr(csv_of({.name = "", .columns = stages.columns, .rows = {}}).size()),
            "3,evaluate twin,evaluate,,,,queued,,,,,,,,\r\n");
  const auto parsed = nlohmann::json::parse(
      json_lines_of({.name = "last", .columns = stages.columns, .rows = {stages.rows[3]}}));
  EXPECT_TRUE(parsed.at("seed").is_null());
}

TEST_F(Exported, OfAnUnknownRunIsRefused) {
  EXPECT_THROW(export_tables(reader, "r2"), db::UnknownRun);
}

}  // namespace
}  // namespace bench::runner
