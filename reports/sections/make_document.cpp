#include "reports/sections/make_document.h"

#include <set>

#include "reports/sections/answers.h"
#include "reports/sections/score_index.h"
#include "reports/sections/sections.h"
#include "reports/sections/study_lookup.h"

namespace bench::reports {
namespace {

/// Gives a second table or figure of the same id another one: slugs of unlike names may be alike.
void make_unique(std::string& id, std::set<std::string>& taken) {
  std::string candidate = id;
  for (int number = 2; !taken.insert(candidate).second; ++number) {
    candidate = id + "-" + std::to_string(number);
  }
  id = candidate;
}

std::string source_of(const Study& study) {
  if (study.run_id.empty()) return "";
  return "run " + study.run_id + ", " + seeds_text(study.seeds) +
         (study.command.empty() ? "" : "; reproduce with: " + study.command) +
         "; for seeds and stages, see \"Every seed\" and \"Stages\" under \"Provenance\".";
}

void finish(const Study& study, Document& document) {
  std::set<std::string> taken = {"answer", "contents", "limits", "main"};  // of the page itself
  if (document.answer_figure) {
    document.answer_figure->id = "figure-" + document.answer_figure->id;
    make_unique(document.answer_figure->id, taken);
  }
  for (auto& section : document.sections) make_unique(section.id, taken);
  for (auto& section : document.sections) {
    for (auto& block : section.blocks) {
      if (auto* table = std::get_if<Table>(&block)) {
        require_whole(*table);
        table->source = source_of(study);
        // A folder of its own keeps "scores" the section and "scores" the table apart.
        table->id = "table-" + table->id;
        make_unique(table->id, taken);
      } else if (auto* figure = std::get_if<Figure>(&block)) {
        figure->id = "figure-" + figure->id;
        make_unique(figure->id, taken);
      }
    }
  }
}

std::vector<std::pair<std::string, std::string>> facts_of(const Study& study) {
  std::vector<std::pair<std::string, std::string>> facts;
  const auto add = [&facts](const std::string& name, const std::string& value) {
    if (!value.empty()) facts.emplace_back(name, value);
  };
  add("Experiment", study.name);
  add("Profile", study.profile);
  add("Run", study.run_id);
  add("Seeds", seed_numbers(study.seeds));
  add("Finished (UTC)", study.finished_utc);
  add("Command", study.command);
  return facts;
}

std::vector<std::string> caveats_of(const Study& study) {
  auto caveats = study.caveats;
  for (const auto& task : study.tasks) {
    if (!task.note.empty()) caveats.push_back(task_label(study, task.id) + ": " + task.note);
  }
  if (study.seeds.size() == 1) {
    caveats.push_back(
        "There is only one seed, so no deviations or intervals over seeds can be given.");
  }
  if (!study.missing.empty()) {
    const bool is_one = study.missing.size() == 1;
    caveats.push_back(std::to_string(study.missing.size()) +
                      (is_one ? " result is" : " results are") +
                      " missing; see \"Missing results\".");
  }
  return caveats;
}

}  // namespace

Document make_document(const Study& study) {
  const ScoreIndex scores(study);
  auto answers = answers_of(study, scores);
  Document document{.title = study.title.empty() ? study.name : study.title,
                    .question = study.question,
                    .facts = facts_of(study),
                    .answers = std::move(answers.list),
                    .answer_notes = std::move(answers.notes),
                    .answer_figure = std::move(answers.figure),
                    .caveats = caveats_of(study)};
  const auto add = [&document](Section section) {
    if (!section.blocks.empty()) document.sections.push_back(std::move(section));
  };
  add(score_section(study, scores));
  add(transfer_section(study, scores));
  add(claim_section(study));
  add(search_section(study));
  add(architecture_section(study));
  add(cost_section(study, scores));
  add(front_section(study, scores));
  add(curve_section(study));
  add(image_score_section(study, scores));
  add(image_section(study));
  add(missing_section(study));
  add(setting_section(study));
  add(definition_section(study));
  add(provenance_section(study, scores));
  finish(study, document);
  return document;
}

}  // namespace bench::reports
