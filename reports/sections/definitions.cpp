#include <algorithm>

#include "reports/sections/sections.h"
#include "reports/sections/study_lookup.h"

/// Captions are one sentence; what their words mean stands here, once.
namespace bench::reports {
namespace {

/// One row a protocol where all tasks have it alike, else one a task.
Table protocol_table(const Study& study) {
  Table table{.id = "protocols",
              .title = "Protocols",
              .caption = "What the scores are: the whole definition behind each short name."};
  table.columns = {
      {.header = "Name"}, {.header = "Task"}, {.header = "Definition", .is_code = true}};
  for (std::size_t i = 0; i < study.protocols.size(); ++i) {
    const bool alike = std::all_of(study.tasks.begin(), study.tasks.end(), [&](const auto& task) {
      return protocol_on(study, i, task.id) == protocol_on(study, i, study.tasks.front().id);
    });
    const auto add = [&](const std::string& task, const std::string& protocol) {
      table.rows.push_back(
          {text_cell(protocol_name(study, i)), text_cell(task), text_cell(protocol)});
    };
    if (study.tasks.empty()) {
      add("all", study.protocols[i]);
    } else if (alike) {
      add("all", protocol_on(study, i, study.tasks.front().id));
    } else {
      for (const auto& task : study.tasks) {
        add(task_label(study, task.id), protocol_on(study, i, task.id));
      }
    }
  }
  return table;
}

using Terms = std::vector<std::pair<std::string, std::string>>;

void add_terms_of_scores(const Study& study, Terms& terms) {
  terms.emplace_back("±, [ ]",
                     "The standard deviation over seeds, and the 95 % t interval of the mean over "
                     "seeds.");
  terms.emplace_back("Bold, underlined, ≈", marks_explained(study.inference));
  terms.emplace_back("P(better)",
                     "The share of trainings and images on which the best scores higher than the "
                     "second best.");
  terms.emplace_back("What seeds can show",
                     "The true difference that most repetitions of the experiment with so many "
                     "seeds would find.");
}

void add_terms_of_searches(Terms& terms) {
  terms.emplace_back("Distance",
                     "The number of modules that differ between two architectures: pairs of seeds "
                     "within a contestant, all combinations of seeds between two. Searches with "
                     "the same seed share initial weights and patches.");
  terms.emplace_back("By chance",
                     "The range of 95 % of such means if every module were a fair coin toss "
                     "(exact).");
  terms.emplace_back("p of distances",
                     "An exact permutation test of the distance between two contestants minus that "
                     "within them, not corrected for the number of pairs.");
  terms.emplace_back("Entropy",
                     "Mean over modules at the end of the search: 0.69 (ln 2) is undecided, 0 is "
                     "decided.");
  terms.emplace_back("Genotype",
                     "| separates nodes, ; layers. States 0 and 1 are the inputs of the cell, "
                     "state 2 + j is node j. HiNAS has a width and a cell for each layer.");
}

Table term_table(const Study& study) {
  Terms terms;
  if (!study.scores.empty()) add_terms_of_scores(study, terms);
  if (!study.architectures.empty()) add_terms_of_searches(terms);
  if (!study.costs.empty()) terms.emplace_back("Costs", study.cost_conditions);
  Table table{.id = "terms",
              .title = "Terms and signs",
              .caption = "What the signs and columns of the tables mean."};
  table.columns = {{.header = "Term"}, {.header = "Meaning"}};
  for (const auto& [term, meaning] : terms) {
    table.rows.push_back({text_cell(term), text_cell(meaning)});
  }
  return table;
}

}  // namespace

Section definition_section(const Study& study) {
  Section section{"definitions", "Definitions", {}};
  if (!study.protocols.empty()) section.blocks.emplace_back(protocol_table(study));
  auto terms = term_table(study);
  if (!terms.rows.empty()) section.blocks.emplace_back(std::move(terms));
  return section;
}

}  // namespace bench::reports
