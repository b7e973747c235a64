#include "runner/experiment/architecture_text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/runner/example_experiment.h"

namespace bench::runner {
namespace {

const SearchSpace kSpace{.channels = {4, 8, 16}, .modules = {3, 2, 3}};

std::string refusal_of_architecture(const std::string& text) {
  auto content = example_experiment();
  content["contestants"][3]["architecture"] = text;
  return refusal_of(content.dump());
}

TEST(Architecture, OfAPatternFillsTheCellsButNotTheStem) {
  EXPECT_EQ(architecture_of("all-parallel", kSpace, 1), "PP|PPP");
  EXPECT_EQ(architecture_of("all-fusion", kSpace, 1), "FF|FFF");
  EXPECT_EQ(architecture_of("alternating", kSpace, 1), "PF|PFP");
  EXPECT_EQ(architecture_of("FP|PFF", kSpace, 1), "FP|PFF");
}

TEST(Architecture, IsDrawnBySeed) {
  const SearchSpace wide{.channels = {1, 1, 1, 1}, .modules = {1, 16, 16, 16}};
  std::set<std::string> drawn;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const auto letters = architecture_of("random", wide, seed);
    EXPECT_EQ(letters, architecture_of("random", wide, seed));
    EXPECT_EQ(letters.size(), 16U * 3 + 2);
    drawn.insert(letters);
  }
  EXPECT_EQ(drawn.size(), 20U);
  // Fair letters: of 960, 480 +- 5 standard deviations of 15.5.
  std::ptrdiff_t fusions = 0;
  for (const auto& letters : drawn) fusions += std::count(letters.begin(), letters.end(), 'F');
  EXPECT_NEAR(static_cast<double>(fusions), 480, 78);
}

TEST(Architecture, IsCheckedAgainstTheSpace) {
  EXPECT_EQ(refusal_of_architecture("PF|FP"), "");
  EXPECT_EQ(refusal_of_architecture("random"), "");
  EXPECT_NE(refusal_of_architecture("PF|FF|FP").find("shaped like \"PP|PP\""), std::string::npos);
  EXPECT_NE(refusal_of_architecture("PFFP").find("shaped like"), std::string::npos);
  EXPECT_NE(refusal_of_architecture("all-paralel").find("did you mean \"all-parallel\"?"),
            std::string::npos);
}

}  // namespace
}  // namespace bench::runner
