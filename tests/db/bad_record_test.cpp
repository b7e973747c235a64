#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "db/run_reader.h"
#include "db/run_store.h"
#include "tests/db/example_store.h"

namespace bench::db {
namespace {

/// What the store says against a record; it must leave nothing behind.
std::string complaint_about(const StageRecord& stage, const StageMeasurements& measurements) {
  const ScratchFolder folder;
  RunStore store(folder.file());
  std::string complaint;
  try {
    store.record_stage(stage, measurements);
  } catch (const DatabaseError& error) {
    EXPECT_EQ(error.trouble(), DatabaseTrouble::kBadRecord) << error.what();
    complaint = error.what();
  }
  EXPECT_TRUE(RunReader(folder.file()).all_keys().empty());
  // The store is still usable.
  store.record_stage(example_stage(1), example_measurements(1));
  EXPECT_EQ(RunReader(folder.file()).all_keys().size(), 1U);
  return complaint;
}

TEST(RecordStage, RefusesAScoreThatIsNoNumber) {
  auto measurements = example_measurements(1);
  measurements.scores[3].value = std::numeric_limits<double>::quiet_NaN();

  const auto complaint = complaint_about(example_stage(1), measurements);

  EXPECT_NE(complaint.find("found NaN for image \"1.png\" of \"Set12\""), std::string::npos)
      << complaint;
}

TEST(RecordStage, RefusesAQuantityThatIsNoNumber) {
  auto measurements = example_measurements(1);
  measurements.quantities[1].value = std::numeric_limits<double>::quiet_NaN();

  const auto complaint = complaint_about(example_stage(1), measurements);

  EXPECT_NE(complaint.find("quantity \"latency\", repetition 1"), std::string::npos) << complaint;
}

TEST(RecordStage, RefusesTwoScoresOfOneImageByOneProtocol) {
  auto measurements = example_measurements(1);
  measurements.scores.push_back(measurements.scores[0]);

  const auto complaint = complaint_about(example_stage(1), measurements);

  EXPECT_NE(complaint.find("It is about image \"1.png\" of \"Rain100H\""), std::string::npos)
      << complaint;
}

TEST(RecordStage, RefusesMeasurementsOfAnotherStage) {
  const auto complaint = complaint_about(example_stage(1), example_measurements(2));

  EXPECT_NE(complaint.find("of stage \"" + example_key(2)), std::string::npos) << complaint;
}

TEST(RecordStage, RefusesAKeyThatIsNone) {
  for (const std::string key : {"", "abc", "../../../etc/passwd"}) {
    auto stage = example_stage(1);
    stage.key = key;
    EXPECT_NE(complaint_about(stage, {}).find("found \"" + key + "\""), std::string::npos) << key;
  }
  auto upper = example_stage(1);
  upper.key[0] = 'A';
  EXPECT_NE(complaint_about(upper, {}).find("64 lower-case"), std::string::npos);
  auto input = example_stage(1);
  input.inputs[1].key = "x";
  EXPECT_NE(complaint_about(input, {}).find("input \"data\""), std::string::npos);
}

TEST(RecordStage, KeepsTheFormerRecordWhenTheNewOneIsBad) {
  const ScratchFolder folder;
  RunStore store(folder.file());
  store.record_stage(example_stage(1), example_measurements(1));
  auto bad = example_measurements(1);
  bad.text_facts.push_back(bad.text_facts[0]);

  EXPECT_THROW(store.record_stage(example_stage(1), bad), DatabaseError);

  const std::vector<std::string> keys = {example_key(1)};
  EXPECT_EQ(RunReader(folder.file()).measurements(keys), example_measurements(1));
}

TEST(BeginRun, RefusesARunWithoutAnId) {
  const ScratchFolder folder;
  RunStore store(folder.file());

  EXPECT_THROW(store.begin_run(example_run("", "2026-05-01T12:00:00Z"), {}), DatabaseError);
}

TEST(FinishRun, NamesARunThatWasNeverBegun) {
  const ScratchFolder folder;
  RunStore store(folder.file());
  try {
    store.finish_run("r9", RunState::kDone, "2026-05-01T12:00:00Z");
    FAIL() << "no exception";
  } catch (const DatabaseError& error) {
    EXPECT_NE(std::string(error.what()).find("\"r9\""), std::string::npos) << error.what();
  }
}

TEST(RecordStage, TakesTextsOfAnyLetters) {
  const ScratchFolder folder;
  RunStore store(folder.file());
  StageMeasurements measurements;
  const std::string with_nul("a\0b", 3);
  for (const std::string& name : {std::string("'; DROP TABLE stage; --"), std::string("שלום"),
                                  std::string("<script>"), std::string(200, 'x'), with_nul}) {
    measurements.text_facts.push_back({example_key(1), name, name});
  }
  store.record_stage(example_stage(1), measurements);

  const std::vector<std::string> keys = {example_key(1)};
  auto facts = RunReader(folder.file()).text_facts(keys);

  for (const auto& fact : measurements.text_facts) {
    EXPECT_NE(std::find(facts.begin(), facts.end(), fact), facts.end()) << fact.name;
  }
  EXPECT_EQ(facts.size(), measurements.text_facts.size());
}

}  // namespace
}  // namespace bench::db
