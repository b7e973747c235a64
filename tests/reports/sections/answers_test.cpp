#include "reports/sections/answers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "reports/render/html.h"
#include "reports/render/json.h"
#include "reports/render/latex.h"
#include "reports/render/markdown.h"
#include "reports/sections/make_document.h"
#include "tests/reports/study_fixture.h"

namespace bench::reports {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kPsnr = "psnr(space=rgb,round=none,crop=0,agg=image-mean)";

/// Two trained methods on one task: `b` lies `gain` above `a`, seeds move each by up to `spread`.
struct TwoMethods : testing::Test {
  TwoMethods() {
    study.protocols = {kPsnr};
    study.profile = "quick";
    study.seeds = {1, 2, 3};
    study.tasks = {{"derain", "Deraining", "rain", "data", ""}};
    study.contestants = {{"a", "A net", "network", "", ""}, {"b", "B net", "network", "", ""}};
  }

  void measure(double gain, double spread) {
    const double moves[2][3] = {{1, 0, -1}, {-1, 1, 0}};
    study.scores.clear();
    for (int c = 0; c < 2; ++c) {
      for (int seed = 0; seed < 3; ++seed) {
        for (int image = 0; image < 12; ++image) {
          const double value =
              25 + image + c * gain + spread * moves[c][seed] + 0.01 * ((image * (c + 2)) % 5);
          study.scores.push_back({c == 0 ? "a" : "b", "derain", "set", std::to_string(image),
                                  seed + 1, kPsnr, value, "key"});
        }
      }
    }
  }

  Answer answer_to(Ask ask) {
    ask.protocol = kPsnr;
    if (ask.kind != "differs") ask.tasks = {"derain"};
    study.asks = {std::move(ask)};
    return answers_of(study).list.at(0);
  }
  static Ask better(const std::string& one, const std::string& other) {
    return {.kind = "better", .contestant = one, .others = {other}};
  }

  Study study;
};

TEST_F(TwoMethods, AreAnsweredWithEffectIntervalSampleAndP) {
  measure(0.5, 0.01);
  const auto answer = answer_to(better("b", "a"));
  EXPECT_EQ(answer.finding, "yes");
  EXPECT_NEAR(answer.effect.value(), 0.5, 0.02);
  EXPECT_GT(answer.interval.value().low, 0.4);
  EXPECT_THAT(answer.sentence,
              testing::MatchesRegex("On deraining, B net restores 0\\.[45][0-9] dB better than A "
                                    "net \\(95 % interval 0\\.[45][0-9] to 0\\.5[0-9] dB, p = "
                                    "0\\.00[0-9]+; 3 seeds × 12 images\\)\\."));
}

// The question does not choose the answer: asked the other way round, it is "no" with the same
// numbers.
TEST_F(TwoMethods, TheContraryIsSaidAsPlainly) {
  measure(0.5, 0.01);
  const auto yes = answer_to(better("b", "a")), no = answer_to(better("a", "b"));
  EXPECT_EQ(no.finding, "no");
  EXPECT_DOUBLE_EQ(no.effect.value(), -yes.effect.value());
  EXPECT_DOUBLE_EQ(no.p.value(), yes.p.value());
  EXPECT_THAT(no.sentence, HasSubstr("A net restores 0.5"));
  EXPECT_THAT(no.sentence, HasSubstr(" dB worse than B net (95 % interval 0."));
}

// As large a mean difference, but trainings differ as much: it may be chance.
TEST_F(TwoMethods, WhatSeedsMayTurnIsNotDistinguishable) {
  measure(0.5, 0.5);
  const auto answer = answer_to(better("b", "a"));
  EXPECT_EQ(answer.finding, "undecided");
  EXPECT_THAT(answer.sentence,
              HasSubstr("B net and A net are not distinguishable (95 % interval −"));
  EXPECT_THAT(answer.sentence, HasSubstr("these seeds can show "));
  EXPECT_LT(answer.interval.value().low, 0);
  study.inference = "these trained networks";
  EXPECT_EQ(answer_to(better("b", "a")).finding, "yes") << "each image says the same";
}

TEST_F(TwoMethods, LowerIsBetterWhereTheMetricIsAnError) {
  measure(0.5, 0.01);
  constexpr const char* kMae = "mae(space=rgb,round=none,crop=0,agg=image-mean)";
  for (auto& score : study.scores) score.protocol = kMae;
  study.protocols = {kMae};
  study.asks = {{.kind = "better",
                 .contestant = "a",
                 .others = {"b"},
                 .tasks = {"derain"},
                 .protocol = kMae}};
  const auto answer = answers_of(study).list.at(0);
  EXPECT_EQ(answer.finding, "yes");
  EXPECT_GT(answer.effect.value(), 0);
}

TEST_F(TwoMethods, EqualityIsShownAndNotAssumed) {
  measure(0.02, 0.01);
  Ask ask{.kind = "equal", .contestant = "b", .others = {"a"}, .margin = 0.2};
  EXPECT_EQ(answer_to(ask).finding, "yes");
  EXPECT_THAT(answer_to(ask).sentence, HasSubstr("are equal within 0.20 dB (90 % interval "));
  EXPECT_EQ(answer_to(ask).confidence, 0.9);
  measure(0.5, 0.01);
  EXPECT_EQ(answer_to(ask).finding, "no");
  EXPECT_THAT(answer_to(ask).sentence, HasSubstr("B net is more than 0.20 dB better than A net"));
  // A difference that is not significant is not equality.
  measure(0.0, 0.5);
  EXPECT_EQ(answer_to(ask).finding, "undecided");
  EXPECT_THAT(answer_to(ask).sentence, HasSubstr("it is open whether"));
}

TEST_F(TwoMethods, OneTrainingAnswersNothing) {
  measure(0.5, 0.01);
  std::erase_if(study.scores, [](const auto& score) { return score.seed > 1; });
  const auto answer = answer_to(better("b", "a"));
  EXPECT_EQ(answer.finding, "undecided");
  EXPECT_FALSE(answer.p);
  EXPECT_THAT(answer.sentence, HasSubstr("nothing can be said of the two methods"));
}

TEST_F(TwoMethods, WhatWasNotMeasuredIsNamed) {
  measure(0.5, 0.01);
  std::erase_if(study.scores, [](const auto& score) { return score.contestant == "a"; });
  const auto answer = answer_to(better("b", "a"));
  EXPECT_EQ(answer.finding, "not measured");
  EXPECT_THAT(answer.sentence, HasSubstr("A net has no scores there"));
}

// Holm 1979: with twenty questions of which one is significant at 1 in 50, none is.
TEST_F(TwoMethods, ManyQuestionsNeedMoreEvidence) {
  measure(0.5, 0.045);
  const auto alone = answer_to(better("b", "a"));
  ASSERT_EQ(alone.finding, "yes");
  ASSERT_GT(alone.p.value(), 0.05 / 40);
  Ask ask = better("b", "a");
  ask.tasks = {"derain"};
  ask.protocol = kPsnr;
  study.asks.assign(40, ask);
  const auto among_many = answers_of(study).list.at(0);
  EXPECT_EQ(among_many.finding, "undecided");
  EXPECT_THAT(among_many.sentence, HasSubstr("corrected for 40 tests"));
}

TEST_F(TwoMethods, SearchesAreComparedByTheirModules) {
  const char* letters[2][4] = {{"PPPP|PPPP", "PPPP|PPPF", "PPPP|PPPP", "PPPP|PPFP"},
                               {"FFFF|FFFF", "FFFF|FFFP", "FFFF|FFFF", "FFFF|FFPF"}};
  for (int c = 0; c < 2; ++c) {
    for (int seed = 0; seed < 4; ++seed) {
      study.architectures.push_back(
          {c == 0 ? "a" : "b", "derain", seed + 1, letters[c][seed], "key"});
    }
  }
  const Ask ask{.kind = "differs", .contestant = "a", .others = {"b"}};
  const auto answer = answer_to(ask);
  EXPECT_EQ(answer.finding, "yes");
  // Of the 70 ways to deal eight searches into two groups of four, this one and its mirror image.
  EXPECT_NEAR(answer.p.value(), 2.0 / 70, 1e-12);
  EXPECT_THAT(answer.sentence, HasSubstr("of 8 modules on average"));
  // Three of each: 20 ways, so that p cannot fall below 0.1 whatever is found.
  std::erase_if(study.architectures, [](const auto& fact) { return fact.seed == 4; });
  const auto few = answer_to(ask);
  EXPECT_EQ(few.finding, "undecided");
  EXPECT_THAT(few.sentence, HasSubstr("cannot give a p below 0.10"));
}

TEST_F(TwoMethods, CostIsCorrelatedOverContestants) {
  study.contestants.clear();
  for (int c = 0; c < 6; ++c) {
    const std::string id = "net" + std::to_string(c);
    study.contestants.push_back({id, id, "network", "", ""});
    study.scores.push_back({id, "derain", "set", "1", 1, kPsnr, 20.0 + c, "key"});
    study.costs.push_back({id, "derain", 1, "parameters", "count", 1e5 * (c + 1), "key"});
  }
  const auto answer = answer_to({.kind = "correlates", .quantity = "parameters"});
  EXPECT_EQ(answer.finding, "yes");
  EXPECT_NEAR(answer.p.value(), 2.0 / 720, 1e-12) << "two of the 720 orders of six";
  EXPECT_THAT(answer.sentence,
              HasSubstr("On deraining, contestants with more parameters restore better (rank "
                        "correlation 1.00"));
}

// The first screen: question, answer, figure, what it cannot show, contents; then all else.
TEST_F(TwoMethods, TheReportOpensWithTheAnswer) {
  measure(0.5, 0.01);
  study.title = "Title";
  study.question = "Which is better?";
  study.caveats = {"The budget is tiny."};
  const auto sentence = answer_to(better("b", "a")).sentence;
  const auto document = make_document(study);
  const auto html = to_html(document, {});
  std::size_t before = 0;
  for (const char* part : {"Which is better?", "id=\"answer\"", "B net restores 0.5",
                           "id=\"figure-answer\"", "What this cannot show", "The budget is tiny.",
                           "class=\"contents\"", "id=\"table-scores-1\""}) {
    const auto found = html.find(part, before);
    ASSERT_NE(found, std::string::npos) << part << " is not there, or not in its place";
    before = found;
  }
  EXPECT_THAT(to_markdown(document), HasSubstr("**Answer**\n\nOn deraining, B net restores 0.5"));
  EXPECT_THAT(to_latex(document), HasSubstr("\\begin{benchanswer}\nOn deraining, B net restores"));
  const auto json = nlohmann::json::parse(to_json(document));
  EXPECT_EQ(json["answers"][0]["sentence"], sentence);
  EXPECT_EQ(json["answers"][0]["finding"], "yes");
  EXPECT_EQ(json["answer_figure"]["rows"][0]["decided"], true);
}

TEST_F(TwoMethods, AStudyThatAsksNothingHasNoAnswer) {
  measure(0.5, 0.01);
  study.asks.clear();
  const auto document = make_document(study);
  EXPECT_TRUE(document.answers.empty());
  EXPECT_FALSE(document.answer_figure);
  EXPECT_THAT(to_html(document, {}), Not(HasSubstr("id=\"answer\"")));
}

// Long groups of like figures fold, and none is lost.
TEST(Document, FoldsLongGroupsOfFigures) {
  Document document{.title = "t", .sections = {{"s", "S", {}}}};
  for (int i = 0; i < 7; ++i) {
    document.sections[0].blocks.emplace_back(
        Figure{.id = "figure-" + std::to_string(i), .title = "f", .content = HeatMap{}});
  }
  const auto html = to_html(document, {});
  const auto fold = html.find("<details class=\"more\"><summary>5 more figures like these");
  ASSERT_NE(fold, std::string::npos);
  EXPECT_LT(html.find("id=\"figure-1\""), fold);
  EXPECT_GT(html.find("id=\"figure-2\""), fold);
  EXPECT_NE(html.find("id=\"figure-6\""), std::string::npos);
  EXPECT_NE(to_markdown(document).find("5 more figures like these"), std::string::npos);
  document.sections[0].blocks.resize(3);
  EXPECT_EQ(to_html(document, {}).find("<details class=\"more\""), std::string::npos);
}

}  // namespace
}  // namespace bench::reports
