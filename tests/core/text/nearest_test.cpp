#include "core/text/nearest.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace bench::text {
namespace {

const std::vector<std::string_view> kNames = {"seeds", "steps", "sigma", "schedule", "patch"};

TEST(EditDistance, IsThatOfTheTextbooks) {
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
  EXPECT_EQ(edit_distance("intention", "execution"), 5U);
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("abc", "abc"), 0U);
}

TEST(EditDistance, CountsSwappedNeighborsOnce) {
  EXPECT_EQ(edit_distance("sigam", "sigma"), 1U);
  EXPECT_EQ(edit_distance("ca", "abc"), 3U);  // 2 if a place could be edited twice
}

TEST(EditDistance, IsTheSameBothWays) {
  for (const auto a : kNames) {
    for (const auto b : kNames) EXPECT_EQ(edit_distance(a, b), edit_distance(b, a));
  }
}

TEST(Nearest, IsTheFirstOfEquals) {
  const std::vector<std::string_view> names = {"bat", "cat", "hat"};
  EXPECT_EQ(nearest("rat", names), "bat");
  EXPECT_EQ(nearest("anything else", {}), "");
}

TEST(Nearest, IsGivenHoweverFarItIs) {
  EXPECT_EQ(nearest("qqqq", kNames), "seeds");
}

TEST(Meant, IsNearEnough) {
  EXPECT_EQ(meant("sigam", kNames), "sigma");
  EXPECT_EQ(meant("step", kNames), "steps");
  EXPECT_EQ(meant("shcedule", kNames), "schedule");
  EXPECT_EQ(meant("patch", kNames), "patch");
}

TEST(Meant, IsEmptyWhereNothingIsNear) {
  EXPECT_EQ(meant("learning_rate", kNames), "");
  EXPECT_EQ(meant("", kNames), "");
  EXPECT_EQ(meant(std::string(100'000, 's'), kNames), "");
  EXPECT_EQ(meant("sigma", {}), "");
}

}  // namespace
}  // namespace bench::text
