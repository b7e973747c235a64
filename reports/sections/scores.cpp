#include <utility>
#include <vector>

#include "reports/content/number_text.h"
#include "reports/content/protocol_name.h"
#include "reports/sections/comparison.h"
#include "reports/sections/published.h"
#include "reports/sections/sections.h"
#include "reports/sections/study_lookup.h"

namespace bench::reports {
namespace {

struct ScoredColumn {
  std::string task;
  std::string data_set;
};

/// The columns of a protocol: every task, once for each of its data sets.
std::vector<ScoredColumn> scored_columns(const Study& study, const ScoreIndex& scores) {
  std::vector<ScoredColumn> columns;
  for (const auto& task : study.tasks) {
    const auto& data_sets = scores.data_sets(task.id);
    for (const auto& data_set : data_sets) columns.push_back({task.id, data_set});
    // A task that nobody finished keeps its column, so that its failures are seen.
    if (data_sets.empty()) columns.push_back({task.id, ""});
  }
  return columns;
}

std::string column_header(const Study& study, const ScoreIndex& scores,
                          const ScoredColumn& column) {
  const auto label = task_label(study, column.task);
  return scores.data_sets(column.task).size() > 1 ? label + ", " + column.data_set : label;
}

std::string caption_of(const Study& study, std::size_t number) {
  const auto metric = metric_of_protocol(study.protocols[number]);
  return protocol_with_unit(study, number) + ", " + (metric.higher_is_better ? "higher" : "lower") +
         " is better: mean over images and seeds ± standard deviation over seeds [95 % "
         "interval]; " +
         marks_scope(study.inference) + ".";
}

/// The best of one column against the next one.
struct ColumnLead {
  std::string column;
  Lead lead;
};

struct ScoreTable {
  Table table;
  std::vector<ColumnLead> leads;
};

ScoreTable score_table(const Study& study, const ScoreIndex& scores, std::size_t number) {
  const auto& protocol = study.protocols[number];
  const auto metric = metric_of_protocol(protocol);
  Table table{.id = "scores-" + std::to_string(number + 1),
              .title = protocol_name(study, number),
              .caption = caption_of(study, number)};
  std::vector<ColumnLead> leads;
  table.columns.push_back({.header = "Contestant"});
  const auto contestants = scored_contestants(study);
  for (const auto& contestant : contestants) {
    table.rows.push_back({text_cell(contestant_label(study, contestant.id))});
  }
  for (const auto& column : scored_columns(study, scores)) {
    table.columns.push_back({.header = column_header(study, scores, column),
                             .unit = metric.unit,
                             .decimals = metric.decimals,
                             .is_text = false});
    std::vector<ScoreKey> keys;
    for (std::size_t row = 0; row < contestants.size(); ++row) {
      keys.push_back({contestants[row].id, column.task, column.data_set, protocol});
      table.rows[row].push_back(score_cell(study, scores, keys.back(), table));
    }
    const std::size_t index = table.columns.size() - 1;
    auto lead = mark_column(study, scores, keys, index, table);
    if (lead) leads.push_back({table.columns[index].header, std::move(*lead)});
    state_sample_sizes(table, index);
    add_published_column(study, number, column.task, column.data_set, table);
  }
  return {std::move(table), std::move(leads)};
}

Cell p_cell(const std::optional<double>& p, Table& table) {
  if (p) return text_cell(*p < 0.0001 ? "< 0.0001" : rounded(*p, *p < 0.01 ? 4 : 3));
  return {.content = Missing{"not tested"},
          .notes = {note_index(
              table, "One training of a method, or one image, has no spread to test by.")}};
}

/// A line for each column: how far ahead the best is, how sure that is, and what seeds can show.
Table lead_table(const Study& study, const ScoreTable& scored, std::size_t number) {
  const auto metric = metric_of_protocol(study.protocols[number]);
  Table table{.id = "lead-" + std::to_string(number + 1),
              .title = protocol_name(study, number) + ": the best against the second best",
              .caption = "How far the best mean of each column lies ahead of the next one, for " +
                         study.inference + "."};
  table.columns = {
      {.header = "Scores on"},
      {.header = "Best"},
      {.header = "Second best"},
      {.header = "Difference", .unit = metric.unit, .decimals = metric.decimals, .is_text = false},
      {.header = "p"},
      {.header = "P(better)", .decimals = 2, .is_text = false},
      {.header = "What seeds can show"}};
  const auto& rows = scored.table.rows;
  for (const auto& [column, lead] : scored.leads) {
    const Number difference{.value = lead.difference, .interval = lead.interval};
    const Number share{.value = lead.share_better, .interval = lead.share_interval};
    table.rows.push_back({text_cell(column), rows[lead.best][0], rows[lead.second][0],
                          Cell{.content = difference}, p_cell(lead.p, table),
                          Cell{.content = share}, text_cell(lead.power)});
  }
  return table;
}

}  // namespace

Section score_section(const Study& study, const ScoreIndex& scores) {
  Section section{"scores", "Scores", {}};
  if (scored_contestants(study).empty() || study.tasks.empty()) return section;
  for (std::size_t i = 0; i < study.protocols.size(); ++i) {
    auto scored = score_table(study, scores, i);
    auto leads = lead_table(study, scored, i);
    section.blocks.emplace_back(std::move(scored.table));
    if (!leads.rows.empty()) section.blocks.emplace_back(std::move(leads));
  }
  if (auto ranks = rank_figure(study, scores)) section.blocks.emplace_back(std::move(*ranks));
  return section;
}

}  // namespace bench::reports
