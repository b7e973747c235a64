#include "tests/runner/faked_program.h"

/// `bench rm` and `bench gc`: what is removed, and that the rest is whole.
namespace bench::runner {
namespace {

using nlohmann::json;

class Garbage : public FakedProgram {
 protected:
  json unneeded() const { return json::parse(bench({"gc", "--dry-run", "--json"}).output); }
};

TEST_F(Garbage, IsWhatNoRunNeedsDirectlyOrThroughOthers) {
  ASSERT_EQ(run("store", {"--seeds", "1"}).exit_code, 0);
  const auto first = scores();
  ASSERT_EQ(run("store", {"--seeds", "1,2"}).exit_code, 0);
  EXPECT_EQ(unneeded().at("stages").size(), 0U);
  ASSERT_EQ(bench({"rm", "latest"}).exit_code, 0);
  const auto listed = unneeded();
  // Training and evaluation of the second seed; the preparation serves the first as well.
  EXPECT_EQ(listed.at("stages").size(), 2U) << listed;
  EXPECT_GT(listed.at("bytes"), 0);
  EXPECT_EQ(stages_of("train").size(), 2U) << "a dry run removes nothing";

  const auto removed = bench({"gc"});
  EXPECT_EQ(removed.exit_code, 0) << removed.output;
  EXPECT_EQ(stages_of("train").size(), 1U);
  EXPECT_EQ(stages_of("prepare").size(), 1U);
  EXPECT_EQ(bench({"db", "check"}).exit_code, 0);
  EXPECT_NE(run("store", {"--seeds", "1"}).output.find("stages cached"), std::string::npos);
  EXPECT_EQ(scores(), first);
}

// A database that is made again does not bring a removed run back.
TEST_F(Garbage, StaysRemoved) {
  ASSERT_EQ(run("store", {"--seeds", "1"}).exit_code, 0);
  ASSERT_EQ(run("store", {"--seeds", "2"}).exit_code, 0);
  ASSERT_EQ(bench({"rm", "latest"}).exit_code, 0);
  ASSERT_EQ(bench({"db", "rebuild"}).exit_code, 0);
  EXPECT_EQ(json::parse(bench({"ls", "--json"}).output).size(), 1U);
  EXPECT_EQ(bench({"rm", "no-such-run"}).exit_code, 2);
}

}  // namespace
}  // namespace bench::runner
