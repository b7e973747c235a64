#include "reports/sections/sections.h"
#include "reports/sections/study_lookup.h"

namespace bench::reports {
namespace {

Table task_table(const Study& study) {
  Table table{.id = "tasks", .title = "Tasks", .caption = "Tasks with their degradation and data."};
  table.columns = {{.header = "Task"}, {.header = "Degradation"}, {.header = "Data"}};
  for (const auto& task : study.tasks) {
    Cell label = text_cell(task_label(study, task.id));
    if (!task.note.empty()) label.notes.push_back(note_index(table, task.note));
    table.rows.push_back({label, text_cell(task.degradation), text_cell(task.data)});
  }
  return table;
}

Table contestant_table(const Study& study) {
  Table table{.id = "contestants",
              .title = "Contestants",
              .caption = "Methods, networks and architectures that are compared."};
  table.columns = {{.header = "Contestant"},
                   {.header = "Kind"},
                   {.header = "Searched on"},
                   {.header = "Recipe"}};
  for (const auto& contestant : study.contestants) {
    table.rows.push_back(
        {text_cell(contestant_label(study, contestant.id)), text_cell(contestant.kind),
         text_cell(contestant.searched_on.empty() ? "" : task_label(study, contestant.searched_on)),
         text_cell(contestant.recipe)});
  }
  return table;
}

}  // namespace

Section setting_section(const Study& study) {
  Section section{"setting", "Tasks and contestants", {}};
  if (!study.tasks.empty()) section.blocks.emplace_back(task_table(study));
  if (!study.contestants.empty()) section.blocks.emplace_back(contestant_table(study));
  return section;
}

}  // namespace bench::reports
