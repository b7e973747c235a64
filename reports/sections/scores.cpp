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
  return with_unit(metric) + ", " + (metric.higher_is_better ? "higher" : "lower") +
         " is better: mean over images and seeds ± standard deviation over seeds, with the 95 % t "
         "interval in brackets. " +
         protocols_text(study, number) + " " + marks_explained();
}

Table score_table(const Study& study, const ScoreIndex& scores, std::size_t number) {
  const auto& protocol = study.protocols[number];
  const auto metric = metric_of_protocol(protocol);
  Table table{.id = "scores-" + std::to_string(number + 1),
              .title = metric.label,
              .caption = caption_of(study, number)};
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
    mark_column(scores, keys, index, table);
    state_sample_sizes(table, index);
    add_published_column(study, number, column.task, column.data_set, table);
  }
  return table;
}

}  // namespace

Section score_section(const Study& study, const ScoreIndex& scores) {
  Section section{"scores", "Scores", {}};
  if (scored_contestants(study).empty() || study.tasks.empty()) return section;
  for (std::size_t i = 0; i < study.protocols.size(); ++i) {
    section.blocks.emplace_back(score_table(study, scores, i));
  }
  return section;
}

}  // namespace bench::reports
