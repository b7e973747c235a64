#include "runner/experiment/bad_input.h"

#include <gtest/gtest.h>

namespace bench::runner {
namespace {

const std::vector<std::string> kNames = {"sigma", "steps", "seeds", "schedule", "patch"};

TEST(NearestName, FindsWhatWasMeant) {
  EXPECT_EQ(nearest_name("sigam", kNames), "sigma");  // neighbours swapped
  EXPECT_EQ(nearest_name("step", kNames), "steps");   // a letter left out
  EXPECT_EQ(nearest_name("seedss", kNames), "seeds");
  EXPECT_EQ(nearest_name("shcedule", kNames), "schedule");
  EXPECT_EQ(nearest_name("patch", kNames), "patch");
}

TEST(NearestName, FindsNothingWhereNothingIsNear) {
  EXPECT_EQ(nearest_name("learning_rate", kNames), "");
  EXPECT_EQ(nearest_name("", kNames), "");
  EXPECT_EQ(nearest_name(std::string(100'000, 's'), kNames), "");
  EXPECT_EQ(nearest_name("sigma", {}), "");
}

TEST(DidYouMean, IsEmptyWithoutAName) {
  EXPECT_EQ(did_you_mean("step", kNames), "; did you mean \"steps\"?");
  EXPECT_EQ(did_you_mean("x", kNames), "");
}

TEST(Listed, ReadsAsASentence) {
  EXPECT_EQ(listed(std::vector<std::string>{"a"}), "\"a\"");
  EXPECT_EQ(listed(std::vector<std::string>{"a", "b", "c"}), "\"a\", \"b\" or \"c\"");
}

}  // namespace
}  // namespace bench::runner
