#include <algorithm>
#include <cmath>
#include <optional>

#include "reports/content/number_text.h"
#include "reports/content/protocol_name.h"
#include "reports/sections/comparison.h"
#include "reports/sections/sections.h"
#include "reports/sections/study_lookup.h"

namespace bench::reports {
namespace {

std::vector<ContestantFacts> searched_contestants(const Study& study) {
  std::vector<ContestantFacts> searched;
  for (const auto& contestant : scored_contestants(study)) {
    if (contestant.kind == "searched" && !contestant.searched_on.empty()) {
      searched.push_back(contestant);
    }
  }
  return searched;
}

/// The task of the search; with the contestant's name where another was searched on it too.
std::string row_label(const Study& study, const std::vector<ContestantFacts>& searched,
                      std::size_t row) {
  const auto& task = searched[row].searched_on;
  const auto same = std::count_if(searched.begin(), searched.end(),
                                  [&task](const auto& other) { return other.searched_on == task; });
  const auto label = task_label(study, task);
  return same == 1 ? label : label + ", " + contestant_label(study, searched[row].id);
}

Table transfer_table(const Study& study, const ScoreIndex& scores, std::size_t number) {
  const auto& protocol = study.protocols[number];
  const auto searched = searched_contestants(study);
  const auto metric = metric_of_protocol(protocol);
  Table table{
      .id = "transfer-" + std::to_string(number + 1),
      .title = "Transfer between tasks, " + protocol_name(study, number),
      .caption = protocol_with_unit(study, number) +
                 ", of architectures searched on one task (rows) and trained from scratch "
                 "on each (columns): mean ± standard deviation over seeds [95 % interval]; " +
                 marks_scope(study.inference) + "."};
  table.columns.push_back({.header = "Searched on", .detail = "trained on →"});
  for (std::size_t row = 0; row < searched.size(); ++row) {
    table.rows.push_back({text_cell(row_label(study, searched, row))});
  }
  for (const auto& task : study.tasks) {
    for (const auto& data_set : scores.data_sets(task.id)) {
      const bool is_only = scores.data_sets(task.id).size() == 1;
      const auto label = task_label(study, task.id);
      table.columns.push_back({.header = is_only ? label : label + ", " + data_set,
                               .unit = metric.unit,
                               .decimals = metric.decimals,
                               .is_text = false});
      std::vector<ScoreKey> keys;
      for (std::size_t row = 0; row < searched.size(); ++row) {
        keys.push_back({searched[row].id, task.id, data_set, protocol});
        table.rows[row].push_back(score_cell(study, scores, keys.back(), table));
      }
      mark_column(study, scores, keys, table.columns.size() - 1, table);
      state_sample_sizes(table, table.columns.size() - 1);
    }
  }
  return table;
}

/// What a cell of the map says on asking: the whole number, and what it was taken from.
std::string detail_of(const Cell& cell, const Column& column, double behind_best,
                      const MetricName& metric) {
  const auto* number = std::get_if<Number>(&cell.content);
  if (number == nullptr) return people_text(cell, column);
  const auto unit = metric.unit.empty() ? "" : " " + metric.unit;
  const auto distance = behind_best == 0 ? "best in its column"
                                         : rounded(std::fabs(behind_best), metric.decimals) + unit +
                                               " behind the best in its column";
  return people_text(cell, column) + unit + " (" + sample_text(number->n_images, number->n_seeds) +
         "); " + distance;
}

/// Colors a column by the distance to its best cell: tasks have unlike scales.
void color_column(const Table& table, std::size_t column, const MetricName& metric, HeatMap& map) {
  const bool higher_is_better = metric.higher_is_better;
  std::optional<double> best;
  for (const auto& row : table.rows) {
    const auto* number = std::get_if<Number>(&row[column].content);
    if (number == nullptr) continue;
    if (!best || (higher_is_better ? number->value > *best : number->value < *best)) {
      best = number->value;
    }
  }
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const auto* number = std::get_if<Number>(&table.rows[row][column].content);
    map.values[row].push_back(
        number == nullptr ? std::nullopt
                          : std::optional((number->value - *best) * (higher_is_better ? 1 : -1)));
    map.texts[row].push_back(number == nullptr
                                 ? people_text(table.rows[row][column], table.columns[column])
                                 : number_text(*number, table.columns[column]).value);
    map.details[row].push_back(detail_of(table.rows[row][column], table.columns[column],
                                         map.values[row].back().value_or(0), metric));
  }
}

Figure transfer_map(const Study& study, const Table& table, std::size_t number) {
  const auto metric = metric_of_protocol(study.protocols[number]);
  HeatMap map{.row_title = "searched on",
              .column_title = "trained on",
              .value_title = "difference from the best in the column" +
                             (metric.unit.empty() ? "" : " (" + metric.unit + ")")};
  for (const auto& row : table.rows) map.rows.push_back(std::get<std::string>(row[0].content));
  map.values.resize(map.rows.size());
  map.texts.resize(map.rows.size());
  map.details.resize(map.rows.size());
  for (std::size_t column = 1; column < table.columns.size(); ++column) {
    map.columns.push_back(table.columns[column].header);
    color_column(table, column, metric, map);
  }
  return {.id = table.id + "-map",
          .title = table.title + " as a map",
          .caption = "Mean " + protocol_name(study, number) +
                     " of architectures searched on one task (rows) and trained on each "
                     "(columns); darker cells are closer to the best in their column.",
          .description = "The table \"" + table.title + "\" shows the same numbers.",
          .content = std::move(map)};
}

}  // namespace

Section transfer_section(const Study& study, const ScoreIndex& scores) {
  Section section{"transfer", "Transfer", {}};
  // With one task there is nothing to transfer to: the scores say all.
  if (searched_contestants(study).empty() || study.tasks.size() < 2) return section;
  for (std::size_t i = 0; i < study.protocols.size(); ++i) {
    auto table = transfer_table(study, scores, i);
    if (table.columns.size() < 2) continue;
    auto map = transfer_map(study, table, i);
    section.blocks.emplace_back(std::move(table));
    section.blocks.emplace_back(std::move(map));
  }
  return section;
}

}  // namespace bench::reports
