#include "reports/sections/paper_scores.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "reports/render/paper_table.h"
#include "tests/reports/plain_text.h"
#include "tests/reports/study_fixture.h"

namespace bench::reports {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::vector<std::string> first_cells(const Table& table) {
  std::vector<std::string> cells;
  for (const auto& row : table.rows) cells.push_back(std::get<std::string>(row.at(0).content));
  return cells;
}

TEST(PaperScores, HaveTheChosenRowsAndColumnsInTheOrderAskedFor) {
  const auto study = made_up_study();
  const auto last = study.contestants.back(), first = study.contestants.front();
  const auto task = study.tasks.back();
  const auto table =
      paper_scores(study, {.metric = "", .contestants = {last.id, first.id}, .tasks = {task.id}});
  EXPECT_THAT(first_cells(table), testing::ElementsAre(last.label, first.label));
  for (std::size_t i = 1; i < table.columns.size(); ++i) {
    EXPECT_THAT(table.columns[i].header, HasSubstr(task.label));
  }
  EXPECT_EQ(std::count(table.caption.begin(), table.caption.end(), ':'), 1);
  EXPECT_TRUE(table.caption.ends_with(")."));
}

TEST(PaperScores, RefuseWhatTheStudyDoesNotHave) {
  const auto study = made_up_study();
  for (const PaperSelection& wrong :
       {PaperSelection{.metric = "lpips"}, PaperSelection{.contestants = {"nobody"}},
        PaperSelection{.tasks = {"nothing"}}}) {
    EXPECT_THROW(paper_scores(study, wrong), std::invalid_argument);
  }
  EXPECT_THROW(paper_scores(Study{.protocols = {"psnr(space=rgb)"}}, {}), std::invalid_argument);
}

Table small_table() {
  Table table{.id = "t", .title = "PSNR", .caption = "Means & marks_."};
  table.columns = {{.header = "Method"}, {.header = "PSNR", .detail = "dB", .is_text = false}};
  table.notes = {"Only 3 seeds."};
  const Number mean{.value = 9.5, .spread = 0.25, .interval = Interval{9.0, 10.0}};
  table.rows = {{text_cell("best_1"), {.content = mean, .mark = Mark::kBest}},
                {text_cell("second"), {.content = Number{.value = 31.125}, .mark = Mark::kSecond}},
                {text_cell("tied"), {.content = mean, .mark = Mark::kTied, .notes = {0}}},
                {text_cell("lost"), {.content = Missing{"failed"}}}};
  return table;
}

TEST(PaperTable, InLatexNeedsNothingOfOurs) {
  const auto text = paper_table(small_table(), {.digits = 1});
  EXPECT_THAT(
      text, AllOf(HasSubstr("best\\_"), HasSubstr("\\textbf{9.5}"), HasSubstr("\\underline{31.1}"),
                  HasSubstr("Only 3 seeds."), HasSubstr("{\\footnotesize dB}"),
                  Not(HasSubstr("[9.0")), Not(HasSubstr("\\bench"))));
  EXPECT_THAT(paper_table(small_table(), {.with_intervals = true}), HasSubstr("9.00, 10.00"));
}

TEST(PaperTable, InTypstEscapesWhatTypstReads) {
  const auto text = paper_table(small_table(), {.form = PaperForm::kTypst});
  EXPECT_THAT(text, AllOf(HasSubstr("[best\\_1]"), HasSubstr("#strong[9.50]"),
                          HasSubstr("#underline[31.12]"), HasSubstr("<t>")));
}

TEST(PaperTable, InSiunitxHandsOverDecimalsAlone) {
  const auto text = paper_table(small_table(), {.form = PaperForm::kSiunitx});
  EXPECT_THAT(text, AllOf(HasSubstr("S[table-format=2.2]"), HasSubstr("\\bfseries 9.50 & "),
                          HasSubstr("{failed}")));
}

/// An empty article with the packages that the first line names, and nothing else.
void expect_compiles(const std::string& table, const std::string& name) {
  const auto folder = std::filesystem::path(testing::TempDir()) / ("bench_paper_" + name);
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  const auto packages = table.substr(2, table.find('\n') - 2);
  std::ofstream(folder / "paper.tex") << "\\documentclass{article}\n"
                                      << packages << "\n\\begin{document}\n"
                                      << table << "\\end{document}\n";
  const std::string command = "cd '" + folder.string() +
                              "' && timeout 200 pdflatex -no-shell-escape -halt-on-error "
                              "-interaction=nonstopmode paper.tex > paper.out 2>&1";
  EXPECT_EQ(std::system(command.c_str()), 0) << table;
}

TEST(Pdflatex, CompilesATableInAnEmptyArticle) {
  if (std::system("command -v pdflatex > /dev/null") != 0) {
    GTEST_SKIP() << "pdflatex is not installed: tables for papers not compiled";
  }
  expect_compiles(paper_table(small_table(), {.with_intervals = true}), "small");
  auto study = made_up_study();
  expect_compiles(paper_table(paper_scores(study, {}), {}), "study");
  rename_everything(study, hostile_name());
  expect_compiles(paper_table(paper_scores(study, {}), {}), "hostile");
  if (std::system("kpsewhich siunitx.sty > /dev/null") != 0) {
    GTEST_SKIP() << "siunitx is not installed: aligned tables not compiled";
  }
  expect_compiles(paper_table(small_table(), {.form = PaperForm::kSiunitx}), "siunitx");
}

}  // namespace
}  // namespace bench::reports
