#include "verdicts/compare/branch_comparison.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "core/json/bad_input.h"
#include "tests/verdicts/recorded_runs.h"

namespace bench::verdicts {
namespace {

const std::string kOld(40, '0'), kMiddle(40, '1'), kNew(40, '2');

class BranchComparison : public testing::Test {
 protected:
  // `main` is one commit, `feature` two that follow it.
  BranchRequest request() const {
    return {.first = {"feature", {kNew, kMiddle}}, .second = {"main", {kOld}}};
  }
  RunComparison compared(const BranchRequest& asked) const {
    return compare_branches(db::RunReader(runs.database()), asked);
  }
  std::string refusal(const BranchRequest& asked) const {
    try {
      compared(asked);
    } catch (const core::BadInput& error) {
      return error.what();
    }
    return "no BadInput";
  }

  RecordedRuns runs;
};

TEST_F(BranchComparison, ComparesAllContestantsOfTheRunsMadeThere) {
  runs.add({.run_id = "old", .contestants = {"net", "dncnn"}, .commit = kOld});
  runs.add({.run_id = "new", .contestants = {"dncnn", "net"}, .offset_db = 0.2, .commit = kNew});
  runs.add({.run_id = "elsewhere", .offset_db = -5, .commit = std::string(40, '9')});
  const auto comparison = compared(request());
  EXPECT_EQ(comparison.first, "feature (commit 2222222222, run new)");
  EXPECT_EQ(comparison.second, "main (commit 0000000000, run old)");
  ASSERT_EQ(comparison.scores.size(), 2u);
  for (const auto& row : comparison.scores) {
    EXPECT_NEAR(row.networks.mean_difference, 0.2, 1e-9) << row.contestant;
    EXPECT_EQ(row.first_seeds, 3u);
    // 12 images that are all better: p = 2 / 2^12.
    EXPECT_NEAR(row.networks.p, 2.0 / 4096, 1e-9);
    // The same seeds have the same scores but for the offset: no spread at all.
    EXPECT_EQ(row.methods.p, 0.0);
    EXPECT_EQ(row.holm_p.value(), 0.0);
  }
  EXPECT_EQ(comparison.scores[0].contestant, "dncnn") << "in the first side's order";
  const auto is_commit = [](const JsonDifference& one) { return one.path == "environment.commit"; };
  EXPECT_EQ(std::count_if(comparison.settings.begin(), comparison.settings.end(), is_commit), 1)
      << "what differs is listed, once";
}

TEST_F(BranchComparison, SaysFirstWhatIsToldApart) {
  runs.add({.run_id = "old", .contestants = {"net", "dncnn"}, .commit = kOld});
  runs.add({.run_id = "new", .contestants = {"net", "dncnn"}, .offset_db = -0.2, .commit = kNew});
  auto comparison = compared(request());
  EXPECT_EQ(direction_of(comparison.scores[0]), -1);
  EXPECT_NE(comparison_text(comparison).find("lower:  net on denoise, psnr by 0.2000 dB"),
            std::string::npos)
      << comparison_text(comparison);
  comparison.scores[0].holm_p = 0.06;
  EXPECT_EQ(direction_of(comparison.scores[0]), 0);
  EXPECT_NE(comparison_text(comparison).find("not significantly different (5 % level): 1"),
            std::string::npos);
}

TEST_F(BranchComparison, OfWhatIsNotTrainedSpeaksOfNoTrainings) {
  runs.add({.run_id = "old", .seeds = {}, .commit = kOld});
  runs.add({.run_id = "new", .seeds = {}, .offset_db = 0.2, .commit = kNew});
  const auto comparison = compared(request());
  EXPECT_FALSE(comparison.scores[0].is_trained);
  EXPECT_EQ(direction_of(comparison.scores[0]), 1);
  const auto text = comparison_text(comparison);
  EXPECT_NE(text.find("(12 images; not trained)"), std::string::npos) << text;
  EXPECT_EQ(text.find("between trainings"), std::string::npos) << text;
  EXPECT_EQ(text.find("over seeds"), std::string::npos) << text;
  EXPECT_EQ(text.find("trained networks"), std::string::npos) << text;
}

TEST_F(BranchComparison, TakesTheNearestCommitThatHasARun) {
  runs.add({.run_id = "old", .commit = kOld});
  runs.add({.run_id = "middle", .offset_db = 0.1, .commit = kMiddle});
  const auto comparison = compared(request());
  EXPECT_EQ(comparison.first, "feature (commit 1111111111, 1 commit earlier, run middle)");
}

TEST_F(BranchComparison, PairsTheSeedsThatBothHave) {
  runs.add({.run_id = "old", .seeds = {3, 1, 2}, .commit = kOld});
  runs.add({.run_id = "new", .seeds = {2, 3, 4, 5}, .commit = kNew});
  const auto comparison = compared(request());
  ASSERT_EQ(comparison.scores.size(), 1u);
  EXPECT_EQ(comparison.scores[0].first_seeds, 2u);
  EXPECT_DOUBLE_EQ(comparison.scores[0].networks.mean_difference, 0)
      << "equal seeds have equal scores: paired by position they would differ";
  ASSERT_EQ(comparison.notes.size(), 1u);
  EXPECT_EQ(comparison.notes[0], "left out 3 seeds that only one side has");
}

TEST_F(BranchComparison, UncommittedChangesAreTheLastResort) {
  runs.add({.run_id = "old", .commit = kOld});
  runs.add({.run_id = "dirty", .offset_db = 1, .commit = kNew, .changes = "uncommitted"});
  EXPECT_EQ(compared(request()).notes.at(0), "run dirty was made with uncommitted changes");
  runs.add({.run_id = "clean", .commit = kNew});
  EXPECT_TRUE(compared(request()).notes.empty());
}

TEST_F(BranchComparison, RefusesWhatCannotBeCompared) {
  runs.add({.run_id = "old", .commit = kOld});
  EXPECT_NE(refusal(request()).find("--branches feature: no run made at 2222222222"),
            std::string::npos)
      << refusal(request());
  runs.add({.run_id = "other-profile", .profile = "small", .commit = kNew});
  EXPECT_NE(refusal(request()).find("different experiments or profiles"), std::string::npos);
  runs.add({.run_id = "other-protocol", .protocol = kSsim, .commit = kNew});
  EXPECT_NE(refusal(request()).find(kSsim), std::string::npos) << refusal(request());
  auto same = request();
  same.second.commits = {kNew};
  EXPECT_NE(refusal(same).find("are both 2222222222"), std::string::npos);
}

// A repository with a branch: main has one commit, feature two more.
TEST(OwnCommits, AreThoseThatTheOtherSideLacks) {
  const RecordedRuns folder;
  const std::string at = folder.file("repository").string();
  const std::string git =
      "git -C " + at + " -c user.name=t -c user.email=t@t -c init.defaultBranch=main ";
  const auto run = [](const std::string& command) { return std::system(command.c_str()); };
  if (run("git --version >/dev/null") != 0) GTEST_SKIP() << "needs git";
  std::filesystem::create_directory(at);
  ASSERT_EQ(run(git + "init -q && " + git + "commit -q --allow-empty -m one && " + git +
                "checkout -q -b feature && " + git + "commit -q --allow-empty -m two && " + git +
                "commit -q --allow-empty -m three"),
            0);
  const auto feature = runner::own_commits(at, "feature", "main");
  const auto main = runner::own_commits(at, "main", "feature");
  ASSERT_TRUE(feature && main);
  EXPECT_EQ(feature->commits.size(), 2u) << "what both have is no one's own";
  EXPECT_EQ(main->commits.size(), 1u) << "but what was named always is";
  EXPECT_EQ(runner::own_commits(at, "feature~2", "feature")->commits, main->commits);
  EXPECT_FALSE(runner::own_commits(at, "no-such-branch", "main"));
  EXPECT_FALSE(runner::own_commits(at, "--all", "main")) << "a name, never an option of git";
  EXPECT_FALSE(runner::own_commits(folder.file(""), "feature", "main"));
}

}  // namespace
}  // namespace bench::verdicts
