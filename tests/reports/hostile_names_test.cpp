#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "reports/content/escape.h"
#include "reports/content/number_text.h"
#include "reports/render/csv.h"
#include "reports/render/html.h"
#include "reports/render/json.h"
#include "reports/render/latex.h"
#include "reports/render/markdown.h"
#include "reports/render/svg.h"
#include "reports/sections/make_document.h"
#include "reports/write_report.h"
#include "tests/reports/plain_text.h"
#include "tests/reports/study_fixture.h"

namespace bench::reports {
namespace {

Study hostile_study() {
  auto study = made_up_study();
  rename_everything(study, hostile_name());
  return study;
}

TEST(HostileNames, StayTextInEveryTable) {
  for (const auto& section : make_document(hostile_study()).sections) {
    for (const auto& block : section.blocks) {
      const auto* table = std::get_if<Table>(&block);
      if (table == nullptr) continue;
      const auto html = cells_of_html(to_html(*table));
      ASSERT_EQ(html.size(), table->rows.size()) << table->id;
      for (std::size_t row = 0; row < html.size(); ++row) {
        ASSERT_EQ(html[row].size(), table->columns.size()) << table->id;
        for (std::size_t column = 0; column < table->columns.size(); ++column) {
          const auto text =
              plain_line(people_text(table->rows[row][column], table->columns[column]));
          EXPECT_EQ(html[row][column], text) << table->id;
        }
      }
      const auto csv = records_of_csv(to_csv(*table));
      ASSERT_EQ(csv.size(), table->rows.size() + 1) << table->id;
      for (const auto& record : csv) EXPECT_EQ(record.size(), csv[0].size()) << table->id;
      for (const auto& row : cells_of_markdown(to_markdown(*table))) {
        EXPECT_EQ(row.size(), table->columns.size()) << table->id;
      }
    }
  }
}

TEST(HostileNames, OpenNoElementInThePageAndEndNoScript) {
  const HtmlParts parts{"const benchChartLibrary={};", {}};
  const auto plain = to_html(make_document(made_up_study()), parts);
  const auto hostile = to_html(make_document(hostile_study()), parts);
  EXPECT_EQ(hostile.find("<script>alert"), std::string::npos);
  EXPECT_EQ(hostile.find("<img src=x"), std::string::npos);
  const auto count = [](const std::string& text, const std::string& wanted) {
    std::size_t found = 0;
    for (auto at = text.find(wanted); at != std::string::npos; at = text.find(wanted, at + 1))
      ++found;
    return found;
  };
  EXPECT_EQ(count(hostile, "<script"), count(plain, "<script"));
  EXPECT_EQ(count(hostile, "</script"), count(plain, "</script"));
  EXPECT_EQ(count(hostile, "<!--"), 0U);
}

TEST(HostileNames, LeaveNoCommandInLatex) {
  for (const auto& section : make_document(hostile_study()).sections) {
    for (const auto& block : section.blocks) {
      std::string text;
      if (const auto* table = std::get_if<Table>(&block)) text = to_latex(*table);
      if (const auto* figure = std::get_if<Figure>(&block)) text = to_latex(*figure, {});
      EXPECT_EQ(text.find("\\write"), std::string::npos);
      EXPECT_EQ(text.find("\\input"), std::string::npos);
      EXPECT_EQ(text.find("^^"), std::string::npos);
    }
  }
}

TEST(HostileNames, LeaveJsonAndSvgWellFormed) {
  const auto document = make_document(hostile_study());
  EXPECT_NO_THROW(nlohmann::json::parse(to_json(document)));
  for (const auto& section : document.sections) {
    for (const auto& block : section.blocks) {
      const auto* figure = std::get_if<Figure>(&block);
      if (figure == nullptr) continue;
      EXPECT_EQ(to_svg(*figure).find("<script"), std::string::npos);
      EXPECT_EQ(to_svg(*figure).find("<img"), std::string::npos);
    }
  }
}

TEST(HostileNames, NeverBecomeFileNames) {
  const auto folder = empty_folder("hostile_files");
  auto study = hostile_study();
  study.contestants[0].id = "../../escape";
  for (auto& task : study.tasks) task.id = "../" + task.id;
  for (auto& score : study.scores) score.task = "../" + score.task;
  write_report(study, folder / "report");
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    const auto name = entry.path().filename().string();
    EXPECT_EQ(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-._"), std::string::npos)
        << name;
  }
}

}  // namespace
}  // namespace bench::reports
