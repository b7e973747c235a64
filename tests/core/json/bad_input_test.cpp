#include "core/json/bad_input.h"

#include <gtest/gtest.h>

namespace bench::core {
namespace {

const std::vector<std::string> kNames = {"sigma", "steps", "seeds", "schedule", "patch"};

TEST(DidYouMean, IsEmptyWithoutAName) {
  EXPECT_EQ(did_you_mean("step", kNames), "; did you mean \"steps\"?");
  EXPECT_EQ(did_you_mean("x", kNames), "");
}

TEST(Listed, ReadsAsASentence) {
  EXPECT_EQ(listed(std::vector<std::string>{"a"}), "\"a\"");
  EXPECT_EQ(listed(std::vector<std::string>{"a", "b", "c"}), "\"a\", \"b\" or \"c\"");
}

}  // namespace
}  // namespace bench::core
