#include "clearer/space/architecture.h"

#include <gtest/gtest.h>

#include <set>
#include <stdexcept>

namespace bench::clearer {
namespace {

TEST(Architecture, TextAndBack) {
  for (const std::string text : {"P", "PPFF|PFPF|FFFP", "F|P"}) {
    EXPECT_EQ(to_string(parse_architecture(text)), text);
  }
}

TEST(Architecture, RefusesOtherLettersWithTheirPosition) {
  for (const auto& [text, part] : {std::pair{"PPX", "position 2"},
                                   {"pP", "position 0"},
                                   {"", "empty"},
                                   {"P||F", "position 2"},
                                   {"P|", "last cell"}}) {
    try {
      parse_architecture(text);
      FAIL() << "no exception for " << text;
    } catch (const std::invalid_argument& error) {
      EXPECT_NE(std::string(error.what()).find(part), std::string::npos) << error.what();
    }
  }
}

TEST(Architecture, EnumeratesEachOnce) {
  const auto all = every_architecture({2, 3});
  std::set<std::string> texts;
  for (const auto& architecture : all) texts.insert(to_string(architecture));
  EXPECT_EQ(texts.size(), 32u);
  EXPECT_EQ(to_string(all.front()), "PP|PPP");
  EXPECT_EQ(to_string(all.back()), "FF|FFF");
  EXPECT_THROW(every_architecture({21}), std::invalid_argument);
}

TEST(HammingDistance, CountsDifferingModules) {
  const auto a = parse_architecture("PPFF|PFPF|FFFP");
  EXPECT_EQ(hamming_distance(a, a), 0);
  EXPECT_EQ(hamming_distance(a, parse_architecture("PPFF|FPPF|FFPF")), 4);
  EXPECT_THROW(hamming_distance(a, parse_architecture("PPFF|PFPF")), std::invalid_argument);
}

TEST(Architecture, PatternsAndRandomOnesAreOfTheSpace) {
  EXPECT_EQ(to_string(alternating_architecture({3, 2})), "PFP|FP");
  EXPECT_EQ(to_string(uniform_architecture({1, 2}, ModuleKind::kFusion)), "F|FF");
  const auto drawn = random_architecture({4, 4, 4}, 7);
  EXPECT_EQ(drawn, random_architecture({4, 4, 4}, 7));
  std::int64_t fusions = 0;
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    for (const auto kind : flattened(random_architecture({4, 4, 4}, seed))) {
      fusions += kind == ModuleKind::kFusion;
    }
  }
  // 12,000 fair coins: the standard deviation is 55; 6000 +- 275 is five of them.
  EXPECT_NEAR(static_cast<double>(fusions), 6000.0, 275.0);
}

}  // namespace
}  // namespace bench::clearer
