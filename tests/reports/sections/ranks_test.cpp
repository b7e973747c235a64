#include <gtest/gtest.h>

#include "reports/sections/sections.h"

namespace bench::reports {
namespace {

constexpr const char* kPsnr = "psnr(space=rgb,round=none,crop=0,agg=image-mean)";

/// Untrained methods on twelve images, each `levels[i]` above a common difficulty.
Study methods_at(const std::vector<double>& levels, double wobble) {
  Study study;
  study.protocols = {kPsnr};
  study.tasks = {{"t", "T", "noise", "data", ""}};
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const std::string id(1, static_cast<char>('a' + i));
    study.contestants.push_back({id, id, "classical", "", ""});
    study.contestants.back().is_trained = false;
    for (int image = 0; image < 12; ++image) {
      const double own = wobble * ((image * static_cast<int>(i + 2)) % 5 - 2);
      study.scores.push_back(
          {id, "t", "set", std::to_string(image), 1, kPsnr, 25 + image + levels[i] + own, "key"});
    }
  }
  return study;
}

Intervals ranks_of(const Study& study) {
  return std::get<Intervals>(rank_figure(study, ScoreIndex(study)).value().content);
}

TEST(Ranks, AreOneForWhoIsBestOnEveryImage) {
  const auto ranks = ranks_of(methods_at({0, 2, 1}, 0));
  ASSERT_EQ(ranks.rows.size(), 3U);
  EXPECT_EQ(ranks.rows[0].label, "b");
  EXPECT_DOUBLE_EQ(ranks.rows[0].value, 1);
  EXPECT_EQ(ranks.rows[2].label, "a");
  EXPECT_DOUBLE_EQ(ranks.rows[2].value, 3);
  EXPECT_TRUE(ranks.groups.empty()) << "all differ significantly";
}

// Equal scores share their ranks: (1 + 2) / 2.
TEST(Ranks, AreSharedByEqualScoresAndABarJoinsThem) {
  const auto ranks = ranks_of(methods_at({1, 1, 0}, 0));
  EXPECT_DOUBLE_EQ(ranks.rows[0].value, 1.5);
  EXPECT_DOUBLE_EQ(ranks.rows[1].value, 1.5);
  ASSERT_EQ(ranks.groups.size(), 1U);
  EXPECT_EQ(ranks.groups[0], std::pair(std::size_t{0}, std::size_t{1}));
}

TEST(Ranks, NeedThreeContestants) {
  const auto study = methods_at({0, 1}, 0.1);
  EXPECT_FALSE(rank_figure(study, ScoreIndex(study)));
}

}  // namespace
}  // namespace bench::reports
