#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "reports/content/number_text.h"
#include "reports/render/csv.h"
#include "reports/render/html.h"
#include "reports/render/json.h"
#include "reports/render/latex.h"
#include "reports/render/markdown.h"
#include "reports/sections/make_document.h"
#include "tests/reports/plain_text.h"
#include "tests/reports/study_fixture.h"

namespace bench::reports {
namespace {

std::vector<Table> tables_of(const Study& study) {
  std::vector<Table> tables;
  for (const auto& section : make_document(study).sections) {
    for (const auto& block : section.blocks) {
      if (const auto* table = std::get_if<Table>(&block)) tables.push_back(*table);
    }
  }
  return tables;
}

/// What each output must say, from the model alone.
Grid expected_cells(const Table& table) {
  Grid grid;
  for (const auto& row : table.rows) {
    auto& cells = grid.emplace_back();
    for (std::size_t column = 0; column < row.size(); ++column) {
      cells.push_back(people_text(row[column], table.columns[column]));
    }
  }
  return grid;
}

TEST(Outputs, AgreeCellByCell) {
  for (const auto& table : tables_of(made_up_study())) {
    const auto expected = expected_cells(table);
    EXPECT_EQ(cells_of_markdown(to_markdown(table)), expected) << table.id;
    EXPECT_EQ(cells_of_html(to_html(table)), expected) << table.id;
    EXPECT_EQ(cells_of_latex(to_latex(table)), expected) << table.id;
  }
}

// Cells of published numbers are among them: with digits of their own, beside gaps.
TEST(Outputs, TheyAgreeOnPublishedNumbersToo) {
  std::size_t numbers = 0, gaps = 0;
  for (const auto& table : tables_of(made_up_study())) {
    const auto grids = {cells_of_markdown(to_markdown(table)), cells_of_html(to_html(table)),
                        cells_of_latex(to_latex(table))};
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
      if (!table.columns[column].is_published) continue;
      for (std::size_t row = 0; row < table.rows.size(); ++row) {
        const auto& cell = table.rows[row][column];
        const auto* number = std::get_if<Number>(&cell.content);
        ++(number ? numbers : gaps);
        const auto expected = number ? rounded(number->value, number->decimals.value()) : "none";
        for (const auto& grid : grids) EXPECT_EQ(grid.at(row).at(column), expected) << table.id;
      }
    }
  }
  EXPECT_GT(numbers, 0U) << "the study has no published number: nothing was tested";
  EXPECT_GT(gaps, 0U);
}

// A number leads to its run, seeds, stages and command, also where there are no links.
TEST(Outputs, TablesOfNumbersSayWhereTheyAreFrom) {
  const auto study = made_up_study();
  std::size_t scored = 0;
  for (const auto& table : tables_of(study)) {
    if (table.trail.empty()) continue;
    ++scored;
    const auto latex = to_latex(table), markdown = to_markdown(table);
    EXPECT_TRUE(latex.starts_with("% run " + study.run_id)) << latex.substr(0, 200);
    EXPECT_NE(latex.find(study.command), std::string::npos);
    EXPECT_NE(markdown.find("Source: run"), std::string::npos) << table.id;
    for (const auto& line : table.trail) {
      EXPECT_NE(latex.find("%   " + line + "\n"), std::string::npos) << line;
      EXPECT_NE(line.find("stage "), std::string::npos) << line;
    }
  }
  EXPECT_GT(scored, 3U) << "scores, transfer and costs";
}

// A float that is higher than a page is cut off at its foot.
TEST(Outputs, ATableThatFillsMoreThanAPageIsBrokenOverPages) {
  Table table{.id = "t", .columns = {{.header = "Claim"}, {.header = "Why"}}};
  for (int row = 0; row < 20; ++row) {
    table.rows.push_back({text_cell("name"), text_cell(std::string(400, 'w'))});
  }
  EXPECT_NE(to_latex(table).find("\\begin{xltabular}"), std::string::npos);
  table.rows.resize(3);
  EXPECT_NE(to_latex(table).find("\\begin{table}"), std::string::npos);
}

// What ends a comment of LaTeX would let a name become a command.
TEST(Outputs, ACommentOfLatexStaysOneLineWithoutCommands) {
  Table table{.id = "t", .columns = {{.header = "Name"}}, .rows = {{text_cell("a")}}};
  table.source = "run a\n\\input{b}";
  table.trail = {"one\r\\input{c}^^Md"};
  EXPECT_TRUE(
      to_latex(table).starts_with("% run a /input{b}\n%   one /input{c}  Md\n\\begin{table}"))
      << to_latex(table).substr(0, 80);
}

TEST(Outputs, CsvReadsBackAsTheSameDoubles) {
  for (const auto& table : tables_of(made_up_study())) {
    const auto records = records_of_csv(to_csv(table));
    ASSERT_EQ(records.size(), table.rows.size() + 1) << table.id;
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      ASSERT_EQ(records[row + 1].size(), records[0].size()) << table.id << " row " << row;
      std::size_t field = 0;
      for (std::size_t column = 0; column < table.columns.size(); ++column) {
        // The field of a column is the next one whose header begins with its name and no more.
        const auto& facts = table.columns[column];
        const auto name =
            facts.unit.empty() ? facts.header : facts.header + " (" + facts.unit + ")";
        while (records[0][field] != name) ++field;
        const auto& text = records[row + 1][field];
        if (const auto* number = std::get_if<Number>(&table.rows[row][column].content)) {
          EXPECT_EQ(std::strtod(text.c_str(), nullptr), number->value) << table.id;
        }
        ++field;
      }
    }
  }
}

TEST(Outputs, JsonHoldsEveryCellWithAllDigits) {
  const auto document = make_document(made_up_study());
  const auto json = nlohmann::json::parse(to_json(document));
  for (std::size_t s = 0; s < document.sections.size(); ++s) {
    for (std::size_t b = 0; b < document.sections[s].blocks.size(); ++b) {
      const auto* table = std::get_if<Table>(&document.sections[s].blocks[b]);
      if (table == nullptr) continue;
      const auto& rows = json["sections"][s]["blocks"][b]["rows"];
      for (std::size_t row = 0; row < table->rows.size(); ++row) {
        for (std::size_t column = 0; column < table->columns.size(); ++column) {
          const auto& cell = rows[row][column];
          const auto& content = table->rows[row][column].content;
          if (const auto* number = std::get_if<Number>(&content)) {
            EXPECT_EQ(cell["value"].get<double>(), number->value);
            EXPECT_EQ(cell.contains("spread"), number->spread.has_value());
            if (number->spread) {
              EXPECT_EQ(cell["spread"].get<double>(), *number->spread);
            }
          } else if (const auto* missing = std::get_if<Missing>(&content)) {
            EXPECT_EQ(cell["missing"], missing->state);
            EXPECT_FALSE(cell["notes"].empty());
          } else {
            EXPECT_EQ(cell["text"], std::get<std::string>(content));
          }
        }
      }
    }
  }
}

TEST(Outputs, ScoresCsvHasOneLineForEachScoreAndAllItsDigits) {
  const auto study = made_up_study();
  const auto records = records_of_csv(scores_csv(study));
  ASSERT_EQ(records.size(), study.scores.size() + 1);
  for (std::size_t i = 0; i < study.scores.size(); ++i) {
    const auto& record = records[i + 1];
    EXPECT_EQ(record[1], study.scores[i].contestant);
    EXPECT_EQ(record[6], study.scores[i].protocol);
    EXPECT_EQ(std::strtod(record[7].c_str(), nullptr), study.scores[i].value);
  }
}

}  // namespace
}  // namespace bench::reports
