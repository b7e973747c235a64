#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "reports/content/number_text.h"
#include "reports/render/csv.h"
#include "reports/render/html.h"
#include "reports/render/json.h"
#include "reports/render/latex.h"
#include "reports/render/markdown.h"
#include "reports/sections/make_document.h"

/// Published numbers beside measured ones.
namespace bench::reports {
namespace {

constexpr const char* kPsnr = "psnr(space=rgb,round=u8,crop=0,agg=image-mean)";
constexpr const char* kNoisyPsnr =
    "psnr(space=rgb,round=u8,crop=0,agg=image-mean,noise=awgn-float)";

ClaimVerdict claim(const std::string& contestant, const std::string& published,
                   const std::string& source) {
  ClaimVerdict verdict{.published = published, .verdict = "reproduced"};
  verdict.source = source;
  verdict.value = std::stod(published);
  verdict.digits = static_cast<int>(published.size() - published.find('.') - 1);
  verdict.contestant = contestant;
  verdict.task = "noise";
  verdict.data_set = "set12";
  verdict.protocol = kNoisyPsnr;
  verdict.metric = "psnr";
  return verdict;
}

/// Two contestants on noise and on rain, whose scores carry the protocol of their task.
Study study_of(const std::vector<ClaimVerdict>& claims) {
  Study study{.protocols = {kPsnr}, .claims = claims};
  study.tasks = {{"noise", "Noise", "noise", "data", "", {kNoisyPsnr}},
                 {"rain", "Rain", "rain", "data", "", {kPsnr}}};
  for (const std::string id : {"a", "b"}) {
    study.contestants.push_back({id, id, "network", "", ""});
    for (const std::string image : {"1", "2"}) {
      study.scores.push_back({id, "noise", "set12", image, 0, kNoisyPsnr, 30.4361, "key"});
      study.scores.push_back({id, "rain", "rain100h", image, 0, kPsnr, 28, "key"});
    }
  }
  return study;
}

Table scores_of(const Study& study) {
  for (const auto& section : make_document(study).sections) {
    for (const auto& block : section.blocks) {
      const auto* table = std::get_if<Table>(&block);
      if (table != nullptr && table->id == "table-scores-1") return *table;
    }
  }
  throw std::runtime_error("no table of scores");
}

TEST(Published, StandBesideTheMeasuredOnesAsPrinted) {
  const auto table = scores_of(study_of({claim("b", "30.436", "its README")}));
  ASSERT_EQ(table.columns.size(), 4U) << "contestant, noise, its published numbers, rain";
  EXPECT_EQ(table.columns[2].header, "Noise, published");
  EXPECT_TRUE(table.columns[2].is_published);
  EXPECT_EQ(people_text(table.rows[1][1], table.columns[1]), "30.44");
  EXPECT_EQ(people_text(table.rows[1][2], table.columns[2]), "30.436");
  EXPECT_EQ(people_text(table.rows[0][2], table.columns[2]), "none");
  ASSERT_EQ(table.rows[1][2].notes.size(), 1U);
  EXPECT_EQ(table.notes[table.rows[1][2].notes[0]], "Published 30.436: its README.");
}

TEST(Published, OfAnotherProtocolSayThatTheyCannotBeCompared) {
  auto other = claim("b", "30.436", "its README");
  other.protocol = "unknown";
  other.verdict = "not testable here";
  other.reason = "protocol unknown: not stated";
  const auto table = scores_of(study_of({other}));
  EXPECT_EQ(people_text(table.rows[1][2], table.columns[2]), "30.436");
  EXPECT_EQ(table.notes[table.rows[1][2].notes[0]],
            "Published 30.436: its README; not testable: protocol unknown: not stated.");
  other.metric = "ssim";
  EXPECT_EQ(scores_of(study_of({other})).columns.size(), 3U) << "no table of its metric";
  other.metric = "psnr";
  other.data_set = "bsd68";
  EXPECT_EQ(scores_of(study_of({other})).columns.size(), 3U) << "no column of its data set";
}

TEST(Published, OfSeveralSourcesAreAllNoted) {
  const auto table =
      scores_of(study_of({claim("b", "30.436", "a README"), claim("b", "30.40", "a paper")}));
  EXPECT_EQ(people_text(table.rows[1][2], table.columns[2]), "30.436");
  EXPECT_EQ(table.rows[1][2].notes.size(), 2U);
  EXPECT_EQ(table.notes.back(), "Published 30.40: a paper.");
}

TEST(Published, AreInEveryOutputAndInAnotherColor) {
  const auto study = study_of({claim("b", "30.436", "its README")});
  const auto table = scores_of(study);
  EXPECT_NE(to_html(table).find("<td class=\"number published\" data-value=\"30.436\">30.436"),
            std::string::npos);
  EXPECT_NE(to_latex(table).find("\\benchpublished{30.436}"), std::string::npos);
  EXPECT_NE(to_markdown(table).find("| 30.436 <sup>"), std::string::npos);
  EXPECT_NE(to_csv(table).find("\"Noise, published (dB)\""), std::string::npos) << to_csv(table);
  const auto json = nlohmann::json::parse(to_json(make_document(study)));
  const auto& first = json["sections"][0]["blocks"][0];
  EXPECT_EQ(first["columns"][2]["published"], true);
  EXPECT_EQ(first["rows"][1][2]["value"], 30.436);
}

TEST(Definitions, NameTheWholeProtocolOfEveryTask) {
  const auto study = study_of({});
  const auto markdown = to_markdown(make_document(study));
  EXPECT_NE(markdown.find(std::string("| PSNR | Noise | ") + kNoisyPsnr), std::string::npos);
  EXPECT_NE(markdown.find(std::string("| PSNR | Rain | ") + kPsnr), std::string::npos);
  auto alike = study;
  alike.tasks.pop_back();
  EXPECT_NE(to_markdown(make_document(alike)).find(std::string("| PSNR | all | ") + kNoisyPsnr),
            std::string::npos);
}

}  // namespace
}  // namespace bench::reports
