#include "verdicts/verify/definitions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace bench::verdicts {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kFloat = "psnr(space=rgb,round=none,crop=0,agg=image-mean,noise=awgn-float)";
const std::string kClipped =
    "psnr(space=rgb,round=none,crop=0,agg=image-mean,noise=awgn-clip-truncate)";

PublishedClaim printed(double sigma, double value, const std::string& text) {
  return {.id = "row-s" + text,
          .kind = "value",
          .published = text,
          .value = value,
          .digits = 2,
          .margin = 0.1,
          .metric = "psnr",
          .protocol = "unknown",
          .protocol_note = "not printed",
          .data_set = "bsd500",
          .split = "test",
          .sigma_8bit = sigma,
          .method = "bm3d",
          .seeds = "not stated",
          .source = "a table",
          .certainty = Certainty::kReadFromImage};
}

Measurement measured(const std::string& set, const std::string& protocol, double sigma,
                     double value) {
  return {.run = "run",
          .contestant = "bm3d",
          .protocol = protocol,
          .data_set = set,
          .base_set = "bsd500",
          .split = "test",
          .sigma_8bit = sigma,
          .method = "bm3d",
          .profile_tests_claims = true,
          .seed_means = {value - 0.001, value + 0.001}};
}

// CLEARER's Table 1 prints 27.31 / 25.06 / 23.82 for BM3D. The measured numbers are those of issue
// 16, one draw of noise: whole images, whole images with clipped noise, halved images.
struct Table1 : testing::Test {
  Table1() {
    const double sigmas[] = {30, 50, 70};
    const double whole[] = {27.95, 25.78, 24.48}, clipped[] = {27.71, 25.10, 23.21},
                 halved[] = {27.34, 25.15, 23.84};
    const double values[] = {27.31, 25.06, 23.82};
    const char* texts[] = {"27.31", "25.06", "23.82"};
    for (int i = 0; i < 3; ++i) {
      claims.push_back(printed(sigmas[i], values[i], texts[i]));
      store.push_back(measured("bsd500", kFloat, sigmas[i], whole[i]));
      store.push_back(measured("bsd500", kClipped, sigmas[i], clipped[i]));
      store.push_back(measured("bsd500-half", kFloat, sigmas[i], halved[i]));
    }
  }
  std::vector<PublishedClaim> claims;
  std::vector<Measurement> store;
};

TEST_F(Table1, OnlyHalvedImagesGiveTheWholeRow) {
  const auto rows = definitions_of(claims, store);
  ASSERT_EQ(rows.size(), 1U) << "three numbers of one row share their definition";
  const auto& row = rows[0];
  ASSERT_EQ(row.definitions.size(), 3U);
  EXPECT_EQ(row.agreeing, 1U);
  EXPECT_EQ(row.definitions[0].images, "halved");
  EXPECT_EQ(row.definitions[0].within_margin, 3U);
  EXPECT_NEAR(row.definitions[0].largest_difference, 0.09, 1e-9);
  // Clipped noise on whole images meets the number at sigma 50 by chance, and no other.
  EXPECT_EQ(row.definitions[1].images, "whole");
  EXPECT_EQ(row.definitions[1].within_margin, 1U);
  EXPECT_EQ(row.definitions[2].within_margin, 0U);
}

// At sigma 30: between 27.34 and 27.95, three definitions of which each agrees with what lies
// within .1 of it: 3 * .2 / (.61 + .2).
TEST_F(Table1, SaysHowManyWouldAgreeByChance) {
  EXPECT_NEAR(definitions_of(claims[0], store).by_chance, 3 * 0.2 / 0.81, 1e-9);
}

TEST_F(Table1, AnUnstatedProtocolIsNamedInTheVerdict) {
  const auto judged = judge_published(claims[0], store);
  EXPECT_EQ(judged.verdict, Verdict::kReproducedUnstated);
  EXPECT_THAT(judged.reason, HasSubstr(kFloat + " of halved images"));
  EXPECT_THAT(judged.reason, HasSubstr("1 of 3 measured definitions agree, 0.7 would by chance"));
  EXPECT_EQ(verify_exit_code({judged}), 0);

  auto other = claims[0];
  other.value = 26.0;
  other.published = "26.00";
  const auto none = judge_published(other, store);
  EXPECT_EQ(none.verdict, Verdict::kNotTestable)
      << "a definition that was not measured may give it";
  EXPECT_THAT(none.reason, HasSubstr("none of 3 measured gives it"));

  auto recalled = claims[0];
  recalled.certainty = Certainty::kRecalled;
  EXPECT_EQ(judge_published(recalled, store).verdict, Verdict::kNotTestable);
}

TEST_F(Table1, OtherImagesMethodsAndBudgetsDoNotSpeakOfIt) {
  for (auto& one : store) one.profile_tests_claims = false;
  EXPECT_EQ(definitions_of(claims, store)[0].definitions.size(), 0U);
  EXPECT_THAT(definitions_of(claims, store)[0].why_none, HasSubstr("bm3d was not measured"));
  for (auto& one : store) {
    one.profile_tests_claims = true;
    one.count = 3;
  }
  EXPECT_TRUE(definitions_of(claims, store)[0].definitions.empty()) << "only some of the images";
}

TEST_F(Table1, IsPrintedForPeopleAndPrograms) {
  const auto rows = definitions_of(claims, store);
  const auto text = definitions_text(rows, false);
  EXPECT_THAT(text, HasSubstr("printed 27.31 / 25.06 / 23.82 dB at sigma 30 / 50 / 70"));
  EXPECT_THAT(text, HasSubstr("1 of 3 definitions lie within 0.1 dB of all 3"));
  EXPECT_THAT(text,
              HasSubstr("within the margin: 27.34 (+0.030) / 25.15 (+0.090) / 23.84 (+0.020)"));
  EXPECT_THAT(text, HasSubstr("contradicts 2 of 3: 27.71 (+0.400) / 25.10 (+0.040)"));
  EXPECT_THAT(definitions_markdown(rows, true), HasSubstr("| halved | `" + kFloat + "` | 27.34"));
  const auto json = nlohmann::json::parse(definitions_json(rows));
  EXPECT_EQ(json["rows"][0]["definitions"][0]["verdict"], "within the margin");
  EXPECT_EQ(json["rows"][0]["agreeing"], 1);
}

TEST(Summary, JudgedOnesStandAloneAndOthersByReason) {
  std::vector<JudgedClaim> judged(4);
  judged[0].claim.id = "seen";
  judged[0].verdict = Verdict::kReproduced;
  for (int i = 1; i < 4; ++i) {
    judged[i].claim.id = "unseen-" + std::to_string(i);
    judged[i].reason = "no data of " + judged[i].claim.id;
    judged[i].group = i < 3 ? "no data" : "recalled";
  }
  const auto text = verify_text(judged);
  EXPECT_THAT(text, HasSubstr("seen: reproduced"));
  EXPECT_THAT(text, Not(HasSubstr("unseen-1")));
  EXPECT_THAT(text, HasSubstr("  2: no data\n  1: recalled\n"));
  EXPECT_THAT(verify_text(judged, true), HasSubstr("unseen-1: not testable here"));
}

}  // namespace
}  // namespace bench::verdicts
