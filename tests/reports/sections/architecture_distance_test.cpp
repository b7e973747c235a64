#include "reports/sections/architecture_distance.h"

#include <gtest/gtest.h>

#include "reports/sections/comparison.h"
#include "reports/sections/make_document.h"
#include "tests/reports/study_fixture.h"

namespace bench::reports {
namespace {

using Group = std::vector<std::string>;

TEST(ModuleDistance, LeavesTheBordersOfCellsOut) {
  EXPECT_EQ(module_distance("PP|FF", "PF|FP"), 2);
  EXPECT_EQ(module_distance("PPFF", "PP|FF"), 0);
  EXPECT_EQ(module_distance("PPF", "PP|FF"), std::nullopt);
  EXPECT_EQ(module_distance("", ""), std::nullopt);
}

TEST(Distances, AreOverAllPairs) {
  const auto within = distances_within({"PP", "PF", "FF"});
  ASSERT_TRUE(within);
  EXPECT_EQ(within->pairs, 3);
  EXPECT_DOUBLE_EQ(within->mean, 4.0 / 3);
  EXPECT_EQ(within->smallest, 1);
  EXPECT_EQ(within->largest, 2);
  const auto between = distances_between({"PP", "PF"}, {"FF"});
  ASSERT_TRUE(between);
  EXPECT_EQ(between->pairs, 2);
  EXPECT_DOUBLE_EQ(between->mean, 1.5);
  EXPECT_EQ(distances_within({"PP"}), std::nullopt);
  EXPECT_EQ(distances_between({"PP"}, {"PPP"}), std::nullopt);
}

// By enumeration of all 2^(size * modules) groups (itertools.product in Python).
TEST(Chance, EqualsEnumeration) {
  EXPECT_DOUBLE_EQ(chance_within(3, 6).low, 4.0 / 3);
  EXPECT_DOUBLE_EQ(chance_within(3, 6).high, 4.0);
  EXPECT_DOUBLE_EQ(chance_within(4, 4).low, 1.0);
  EXPECT_DOUBLE_EQ(chance_within(4, 4).high, 2.5);
  EXPECT_DOUBLE_EQ(chance_between(2, 3, 4).low, 7.0 / 6);
  EXPECT_DOUBLE_EQ(chance_between(2, 3, 4).high, 17.0 / 6);
  EXPECT_DOUBLE_EQ(chance_between(3, 3, 3).low, 8.0 / 9);
  EXPECT_DOUBLE_EQ(chance_between(3, 3, 3).high, 19.0 / 9);
}

TEST(Chance, OfOnePairIsTheBinomial) {
  for (const int modules : {1, 6, 12, 20}) {
    EXPECT_EQ(chance_within(2, modules), fair_coins(modules).interval_95) << modules;
    EXPECT_EQ(chance_between(1, 1, modules), fair_coins(modules).interval_95) << modules;
  }
}

TEST(PermutationP, EqualsEnumeration) {
  const Group left = {"PPFF", "PPFP", "PPFF"}, right = {"FFFF", "PFFF", "FFPF", "FPFF"};
  // itertools.combinations in Python: 3 of 35 ways are as far apart.
  EXPECT_DOUBLE_EQ(*permutation_p(left, right), 3.0 / 35);
  EXPECT_DOUBLE_EQ(*permutation_p(right, left), 3.0 / 35);
}

TEST(PermutationP, OfFullySeparateGroupsIsTheSmallestPossible) {
  EXPECT_DOUBLE_EQ(*permutation_p({"PP", "PP", "PP", "PP"}, {"FF", "FF", "FF", "FF"}), 2.0 / 70);
  EXPECT_DOUBLE_EQ(*permutation_p({"PF", "PF", "PF"}, {"PF", "PF", "PF"}), 1.0);
}

TEST(PermutationP, IsAbsentWhereItCannotBeHad) {
  EXPECT_EQ(permutation_p({"PP"}, {"FF", "PF"}), std::nullopt);
  EXPECT_EQ(permutation_p({"PP", "PPP"}, {"FF", "PF"}), std::nullopt);
  EXPECT_EQ(permutation_p(Group(12, "PP"), Group(12, "FF")), std::nullopt) << "2.7 million ways";
}

const Section* section_named(const Document& document, const std::string& id) {
  for (const auto& section : document.sections) {
    if (section.id == id) return &section;
  }
  return nullptr;
}

TEST(SearchSection, ShowsWhatEachSearchFoundAndHowDecidedItWas) {
  const auto document = make_document(made_up_study());
  const auto* section = section_named(document, "searches");
  ASSERT_NE(section, nullptr);
  const auto& table = std::get<Table>(section->blocks.at(0));
  ASSERT_EQ(table.rows.size(), 2U);
  const auto number = [&table](std::size_t row, std::size_t column) {
    return std::get<Number>(table.rows[row][column].content).value;
  };
  EXPECT_EQ(number(0, 2), 3) << "seeds";
  EXPECT_EQ(std::get<std::string>(table.rows[0][3].content),
            "PPFF|PFPF|FFFP PPFF|PFFF|FFFP PFFF|PFPF|FFPP");
  EXPECT_DOUBLE_EQ(number(0, 5), 14.0 / 3) << "5, 4 and 5 parallel modules";
  // Distances 1, 2 and 3 of twelve.
  EXPECT_DOUBLE_EQ(number(0, 6), 2.0);
  EXPECT_NEAR(number(0, 9), 0.98, 0.02) << "where the made-up probabilities end";
}

// A study that only asks for architectures has no scores to show as missing.
TEST(SearchSection, StandsAloneWhereNothingIsTrained) {
  auto study = made_up_study();
  std::erase_if(study.contestants, [](const auto& c) { return c.kind != "searched"; });
  for (auto& contestant : study.contestants) contestant.is_scored = false;
  study.scores.clear();
  study.missing.clear();
  const auto document = make_document(study);
  EXPECT_NE(section_named(document, "searches"), nullptr);
  EXPECT_EQ(section_named(document, "scores"), nullptr);
  EXPECT_EQ(section_named(document, "transfer"), nullptr);
}

}  // namespace
}  // namespace bench::reports
