#include "reports/sections/make_document.h"
#include "reports/content/number_text.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <set>
#include <stdexcept>

#include "tests/reports/study_fixture.h"

namespace bench::reports {
namespace {

constexpr const char* kPsnr = "psnr(space=rgb,round=u8,crop=0,agg=image-mean)";

/// Two contestants on one task; scores[contestant][seed][image].
Study small_study(const std::vector<std::vector<std::vector<double>>>& scores) {
  Study study;
  study.protocols = {kPsnr};
  study.tasks = {{"t", "T", "noise", "data", ""}};
  for (std::size_t c = 0; c < scores.size(); ++c) {
    const std::string id(1, static_cast<char>('a' + c));
    study.contestants.push_back({id, id, "network", "", ""});
    for (std::size_t seed = 0; seed < scores[c].size(); ++seed) {
      for (std::size_t image = 0; image < scores[c][seed].size(); ++image) {
        study.scores.push_back({id, "t", "set", std::to_string(100 + image),
                                static_cast<std::int64_t>(seed), kPsnr, scores[c][seed][image],
                                "key"});
      }
    }
  }
  return study;
}

Table table_named(const Study& study, const std::string& id) {
  for (const auto& section : make_document(study).sections) {
    for (const auto& block : section.blocks) {
      const auto* table = std::get_if<Table>(&block);
      if (table != nullptr && table->id == id) return *table;
    }
  }
  throw std::runtime_error("no table " + id);
}

const Number& number_at(const Table& table, std::size_t row, std::size_t column) {
  return std::get<Number>(table.rows[row][column].content);
}

TEST(ScoreTable, GivesTheMeanOverSeedsOfTheMeanOverImages) {
  const auto table = table_named(small_study({{{30, 32}, {31, 35}, {32, 32}}}), "table-scores-1");
  // Seed means 31, 33, 32: mean 32, deviation 1; t(0.975, 2) = 4.302653 from the tables, so the
  // interval is 32 -+ 4.302653 / sqrt(3).
  const auto& number = number_at(table, 0, 1);
  EXPECT_DOUBLE_EQ(number.value, 32);
  EXPECT_DOUBLE_EQ(number.spread.value(), 1);
  EXPECT_NEAR(number.interval->low, 32 - 4.302653 / std::sqrt(3.0), 1e-6);
  EXPECT_NEAR(number.interval->high, 32 + 4.302653 / std::sqrt(3.0), 1e-6);
  EXPECT_EQ(number.n_images, 2);
  EXPECT_EQ(number.n_seeds, 3);
  EXPECT_EQ(table.columns[1].detail, "2 images × 3 seeds");
}

TEST(ScoreTable, GivesNoDeviationForOneSeed) {
  const auto table = table_named(small_study({{{30, 32}}}), "table-scores-1");
  EXPECT_FALSE(number_at(table, 0, 1).spread.has_value());
  EXPECT_FALSE(number_at(table, 0, 1).interval.has_value());
}

TEST(StageTable, SaysOnceWhatMakesAllStagesAgain) {
  auto study = made_up_study();
  EXPECT_EQ(table_named(study, "table-stages").columns.back().header, "Command");
  for (auto& stage : study.stages) stage.command = "bench run all.json";
  const auto table = table_named(study, "table-stages");
  EXPECT_NE(table.caption.find("bench run all.json"), std::string::npos) << table.caption;
  EXPECT_EQ(table.columns.back().header, "Peak memory");
}

// Pages of drawings that differ by a letter are one figure.
TEST(Architectures, ThatAreFixedStandInOneFigure) {
  auto study = made_up_study();
  for (const char* name : {"one", "two", "three"}) {
    study.contestants.push_back({.id = name, .label = name, .kind = "architecture"});
    study.architectures.push_back(
        {.contestant = name, .seed = 1, .architecture = "PPPP|FPPP|PPPP"});
  }
  std::size_t drawings = 0;
  for (const auto& section : make_document(study).sections) {
    for (const auto& block : section.blocks) {
      const auto* figure = std::get_if<Figure>(&block);
      if (figure == nullptr || figure->id != "figure-fixed-architectures") continue;
      drawings = std::get<ArchitectureDrawing>(figure->content).networks.size();
    }
  }
  EXPECT_EQ(drawings, 5U) << "two of the study itself";
}

/// Three trainings of three networks on 12 images, with the seed's effect times `spread`.
Study three_trainings(double spread) {
  std::vector<std::vector<std::vector<double>>> scores;
  const std::vector<double> levels = {25.0, 25.5, 24.0};
  // Each network's seeds move it in another direction, so that matching them does not help.
  const std::vector<std::vector<double>> moves = {{1, 0, -1}, {-1, 1, 0}, {0, -1, 1}};
  for (std::size_t network = 0; network < 3; ++network) {
    auto& of_network = scores.emplace_back();
    for (const double move : moves[network]) {
      auto& row = of_network.emplace_back();
      for (int i = 0; i < 12; ++i) {
        row.push_back(levels[network] + i + spread * move +
                      0.01 * static_cast<double>((i * static_cast<int>(network + 2)) % 5));
      }
    }
  }
  return small_study(scores);
}

TEST(ScoreTable, MarksTheBestOnlyWhereOtherTrainingsWouldNotTurnIt) {
  const auto told = table_named(three_trainings(0.02), "table-scores-1");
  EXPECT_EQ(told.rows[0][1].mark, Mark::kSecond);
  EXPECT_EQ(told.rows[1][1].mark, Mark::kBest);
  EXPECT_EQ(told.rows[2][1].mark, Mark::kNone);

  // The same means with as much between seeds as between networks.
  const auto open = table_named(three_trainings(0.5), "table-scores-1");
  EXPECT_EQ(open.rows[0][1].mark, Mark::kTied);
  EXPECT_EQ(open.rows[1][1].mark, Mark::kTied);
  EXPECT_NE(open.caption.find("methods, on images like these"), std::string::npos);
}

TEST(ScoreTable, MarksSpeakOfWhatTheStudyAsks) {
  auto study = three_trainings(0.5);
  study.inference = "these trained networks";
  const auto networks = table_named(study, "table-scores-1");
  EXPECT_EQ(networks.rows[1][1].mark, Mark::kBest) << "each image says the same";
  EXPECT_NE(networks.caption.find("these trained networks"), std::string::npos);
  study.inference = "methods, on this test set";
  EXPECT_EQ(table_named(study, "table-scores-1").rows[1][1].mark, Mark::kTied);
}

TEST(ScoreTable, OneTrainingMarksNothingAndARemarkSaysWhy) {
  const auto table =
      table_named(small_study({{{20, 21, 22, 24}}, {{30, 31, 32, 33}}}), "table-scores-1");
  for (const auto& row : table.rows) EXPECT_EQ(row[1].mark, Mark::kTied);
  ASSERT_EQ(table.remarks.size(), 1U);
  EXPECT_NE(table.remarks[0].find("trained once"), std::string::npos) << table.remarks[0];
  // What is not trained has no chance in it: the images alone decide.
  auto study = small_study({{{20, 21, 22, 24}}, {{30, 31, 32, 33}}});
  for (auto& contestant : study.contestants) contestant.is_trained = false;
  EXPECT_EQ(table_named(study, "table-scores-1").rows[1][1].mark, Mark::kBest);
}

TEST(LeadTable, SaysHowFarTheBestIsAheadAndWhatSeedsCanShow) {
  const auto table = table_named(three_trainings(0.5), "table-lead-1");
  ASSERT_EQ(table.rows.size(), 1U);
  EXPECT_EQ(people_text(table.rows[0][1], table.columns[1]), "b");
  EXPECT_EQ(people_text(table.rows[0][2], table.columns[2]), "a");
  const auto& difference = number_at(table, 0, 3);
  EXPECT_NEAR(difference.value, 0.5, 0.02);
  EXPECT_LT(difference.interval.value().low, 0.0);
  const auto power = people_text(table.rows[0][6], table.columns[6]);
  EXPECT_TRUE(power.starts_with("3 seeds can show ")) << power;
  EXPECT_NE(power.find(" seeds would show "), std::string::npos) << power;
}

TEST(ScoreTable, CountsInfiniteScoresAndDoesNotAverageThem) {
  const double infinity = std::numeric_limits<double>::infinity();
  const auto some = table_named(small_study({{{30, infinity, 32}}}), "table-scores-1");
  EXPECT_DOUBLE_EQ(number_at(some, 0, 1).value, 31);
  EXPECT_EQ(number_at(some, 0, 1).infinite, 1);
  ASSERT_EQ(some.rows[0][1].notes.size(), 1U);
  EXPECT_NE(some.notes[some.rows[0][1].notes[0]].find("1 of 3"), std::string::npos);

  const auto all = table_named(small_study({{{infinity, infinity}}}), "table-scores-1");
  EXPECT_TRUE(std::isinf(number_at(all, 0, 1).value));
  EXPECT_FALSE(number_at(all, 0, 1).spread.has_value());
}

TEST(ScoreTable, GivesAMissingCellItsReason) {
  auto study = small_study({{{30, 31}}});
  study.contestants.push_back({"lost", "lost one", "network", "", ""});
  study.contestants.push_back({"never", "never run", "network", "", ""});
  study.missing.push_back({"lost", "t", 0, "failed", "loss became NaN"});
  const auto table = table_named(study, "table-scores-1");
  EXPECT_EQ(std::get<Missing>(table.rows[1][1].content).state, "failed");
  EXPECT_EQ(table.notes[table.rows[1][1].notes[0]], "Seed 0: failed, loss became NaN");
  EXPECT_EQ(std::get<Missing>(table.rows[2][1].content).state, "not run");
}

TEST(ScoreTables, NeverMixProtocols) {
  const auto study = made_up_study();
  for (std::size_t i = 0; i < study.protocols.size(); ++i) {
    const auto table = table_named(study, "table-scores-" + std::to_string(i + 1));
    const std::string names[] = {"PSNR", "SSIM"};
    EXPECT_NE(table.caption.find(names[i]), std::string::npos);
    EXPECT_EQ(table.caption.find(names[1 - i]), std::string::npos);
  }
}

// A caption is one sentence: what its words mean stands under "Definitions".
TEST(Captions, AreOneSentence) {
  for (const auto& section : make_document(made_up_study()).sections) {
    for (const auto& block : section.blocks) {
      const auto* table = std::get_if<Table>(&block);
      const auto* figure = std::get_if<Figure>(&block);
      const auto caption = table ? table->caption : figure ? figure->caption : std::string();
      EXPECT_EQ(caption.find(". "), std::string::npos) << caption;
      EXPECT_TRUE(caption.empty() || caption.ends_with('.')) << caption;
    }
  }
}

TEST(Definitions, HoldTheWholeProtocolBehindEachShortName) {
  auto study = made_up_study();
  study.protocols.push_back("psnr(space=rgb,round=u8,crop=0,agg=image-mean)");
  const auto table = table_named(study, "table-protocols");
  ASSERT_EQ(table.rows.size(), 3U);
  const std::string names[] = {"PSNR (a)", "SSIM", "PSNR (b)"};
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(people_text(table.rows[i][0], table.columns[0]), names[i]);
    EXPECT_EQ(people_text(table.rows[i][2], table.columns[2]), study.protocols[i]);
    EXPECT_EQ(table_named(study, "table-scores-" + std::to_string(i + 1)).title, names[i]);
  }
}

TEST(ArchitectureDistance, StandsBesideTheBinomialExpectation) {
  const auto table = table_named(made_up_study(), "table-architecture-distance");
  // Twelve fair coins: mean 6; P(X <= 2) = 79 / 4096 < 0.025 < P(X <= 3) = 299 / 4096, so the
  // central interval is 3 to 9.
  const auto& random = table.rows.back();
  EXPECT_DOUBLE_EQ(std::get<Number>(random[2].content).value, 6);
  EXPECT_EQ(std::get<Number>(random[3].content).value, 3);
  EXPECT_EQ(std::get<Number>(random[4].content).value, 9);
}

TEST(ArchitectureDistance, CountsPairsWithinAndBetweenTasks) {
  const auto table = table_named(made_up_study(), "table-architecture-distance");
  ASSERT_EQ(table.rows.size(), 4U);
  // Three seeds a task: three pairs within each, nine between.
  EXPECT_EQ(std::get<Number>(table.rows[0][1].content).value, 3);
  EXPECT_EQ(std::get<Number>(table.rows[1][1].content).value, 3);
  EXPECT_EQ(std::get<Number>(table.rows[2][1].content).value, 9);
}

TEST(Fronts, NameTheCostsOnWhichNobodyIsAsGoodForLess) {
  Study study{.name = "fronts",
              .seeds = {1},
              .protocols = {"psnr(space=rgb,round=none,crop=0,agg=image-mean)"},
              .tasks = {{.id = "t", .label = "T"}},
              .contestants = {{.id = "cheap", .label = "cheap"},
                              {.id = "dear", .label = "dear"},
                              {.id = "beaten", .label = "beaten"},
                              {.id = "free", .label = "free"}}};
  const auto add = [&](const std::string& id, double psnr, double parameters, double latency) {
    study.scores.push_back({id, "t", "set", "1.png", 1, study.protocols[0], psnr, ""});
    study.costs.push_back({id, "t", 1, "parameters", "", parameters, ""});
    study.costs.push_back({id, "t", 1, "latency_ms", "ms", latency, ""});
  };
  add("cheap", 25, 100, 5);
  add("dear", 27, 300, 7);
  add("beaten", 26, 300, 6);  // as dear in parameters, and worse; but faster than dear
  study.scores.push_back({"free", "t", "set", "1.png", 1, study.protocols[0], 30, ""});
  const auto table = table_named(study, "table-fronts-t-set");
  ASSERT_EQ(table.rows.size(), 3U) << "what has no cost is not in it";
  const auto fronts = [&](std::size_t row) {
    return std::get<std::string>(table.rows[row].back().content);
  };
  EXPECT_EQ(std::get<std::string>(table.rows[0][0].content), "dear");
  EXPECT_EQ(fronts(0), "parameters, latency");
  EXPECT_EQ(fronts(1), "latency");
  EXPECT_EQ(fronts(2), "parameters, latency");
}

TEST(Fronts, TakeTheMedianOfATimeAsTheTableOfCostsDoes) {
  Study study{
      .name = "fronts",
      .seeds = {1},
      .protocols = {"psnr(space=rgb,round=none,crop=0,agg=image-mean)"},
      .tasks = {{.id = "t", .label = "T"}},
      .contestants = {{.id = "disturbed", .label = "disturbed"}, {.id = "slow", .label = "slow"}}};
  for (const auto& contestant : study.contestants) {
    study.scores.push_back({contestant.id, "t", "set", "1.png", 1, study.protocols[0], 25, ""});
  }
  for (const double time : {5, 6, 90}) {
    study.costs.push_back({"disturbed", "t", 1, "latency_ms", "ms", time, ""});
  }
  for (const double time : {7, 8, 9}) {
    study.costs.push_back({"slow", "t", 1, "latency_ms", "ms", time, ""});
  }
  const auto fronts = table_named(study, "table-fronts-t-set");
  const auto costs = table_named(study, "table-costs-t");
  for (std::size_t row = 0; row < 2; ++row) {
    EXPECT_EQ(std::get<Number>(fronts.rows[row][2].content).value, row == 0 ? 6 : 8);
    EXPECT_EQ(std::get<Number>(costs.rows[row][1].content).value, row == 0 ? 6 : 8);
  }
  EXPECT_EQ(std::get<std::string>(fronts.rows[0].back().content), "latency");
  EXPECT_EQ(std::get<std::string>(fronts.rows[1].back().content), "none");
}

// Of six values the smallest and the largest hold the median with 1 - 2 / 2^6 = 97 %.
TEST(CostTable, GivesATimeTheIntervalOfItsMedian) {
  Study study{.name = "costs",
              .seeds = {1, 2},
              .protocols = {"psnr(space=rgb,round=none,crop=0,agg=image-mean)"},
              .tasks = {{.id = "t", .label = "T"}},
              .contestants = {{.id = "once", .label = "once"}, {.id = "twice", .label = "twice"}}};
  for (const double time : {5, 6, 7, 8, 9, 20}) {
    study.costs.push_back({"once", "t", 1, "latency_ms", "ms", time, ""});
    study.costs.push_back({"twice", "t", 1, "latency_ms", "ms", time, ""});
    study.costs.push_back({"twice", "t", 2, "latency_ms", "ms", time + 1, ""});
  }
  const auto costs = table_named(study, "table-costs-t");
  const auto once = std::get<Number>(costs.rows[0][1].content);
  EXPECT_EQ(once.value, 7.5);
  ASSERT_TRUE(once.interval);
  EXPECT_EQ(once.interval->low, 5);
  EXPECT_EQ(once.interval->high, 20);
  const auto twice = std::get<Number>(costs.rows[1][1].content);
  EXPECT_FALSE(twice.interval) << "seeds have a deviation";
  EXPECT_TRUE(twice.spread);
}

TEST(Genotypes, StandInATableOfTheirOwnAndAreNotTakenForModules) {
  auto study = made_up_study();
  const auto before = table_named(study, "table-architectures").rows.size();
  const auto& searched = study.architectures.front();
  const std::string text = "1: con_3x3@0 skip@1 | skip@0 skip@1 | skip@0 skip@1 | skip@0 skip@1";
  study.architectures.push_back({searched.contestant, searched.task, 9, text, searched.stage_key});
  const auto table = table_named(study, "table-genotypes");
  ASSERT_EQ(table.rows.size(), 1U);
  EXPECT_EQ(std::get<std::string>(table.rows[0][3].content), text);
  EXPECT_EQ(table_named(study, "table-architectures").rows.size(), before);
  EXPECT_EQ(table_named(study, "table-architecture-distance").rows.size(), 4U);
}

TEST(Document, HasUniqueIdsAndNoDanglingLink) {
  const auto document = make_document(made_up_study());
  std::set<std::string> ids, links;
  for (const auto& section : document.sections) {
    EXPECT_TRUE(ids.insert(section.id).second) << section.id;
    for (const auto& block : section.blocks) {
      if (const auto* figure = std::get_if<Figure>(&block)) {
        EXPECT_TRUE(ids.insert(figure->id).second) << figure->id;
      }
      const auto* table = std::get_if<Table>(&block);
      if (table == nullptr) continue;
      EXPECT_TRUE(ids.insert(table->id).second) << table->id;
      for (const auto& anchor : table->row_anchors) {
        EXPECT_TRUE(ids.insert(anchor).second) << anchor;
      }
      for (const auto& row : table->rows) {
        for (const auto& cell : row) {
          if (!cell.link.empty()) links.insert(cell.link);
        }
      }
    }
  }
  for (const auto& link : links) {
    // The fixture lists evaluations only: links to searches have no row.
    if (link.starts_with("stage-")) continue;
    EXPECT_EQ(ids.count(link), 1U) << link;
  }
}

TEST(Document, PutsCaveatsOfTasksAndMissingCellsOnTop) {
  const auto caveats = make_document(made_up_study()).caveats;
  ASSERT_EQ(caveats.size(), 4U);
  EXPECT_NE(caveats[2].find("not the published split"), std::string::npos);
  EXPECT_NE(caveats[3].find("4 results are missing"), std::string::npos);
}

TEST(RequireWhole, RefusesASilentBlank) {
  Table table{.id = "t", .columns = {{.header = "a"}}, .rows = {{Cell{}}}};
  EXPECT_THROW(require_whole(table), std::logic_error);
  table.rows[0][0].content = Missing{"failed"};
  EXPECT_THROW(require_whole(table), std::logic_error);
  table.rows[0][0].notes = {note_index(table, "Why.")};
  EXPECT_NO_THROW(require_whole(table));
}

TEST(NoteLetter, GoesOnBehindZ) {
  EXPECT_EQ(note_letter(0), "a");
  EXPECT_EQ(note_letter(25), "z");
  EXPECT_EQ(note_letter(26), "aa");
  EXPECT_EQ(note_letter(52), "ba");
}

}  // namespace
}  // namespace bench::reports
