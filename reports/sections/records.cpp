#include <algorithm>
#include <map>

#include "reports/content/escape.h"
#include "reports/content/protocol_name.h"
#include "reports/sections/sections.h"
#include "reports/sections/study_lookup.h"

namespace bench::reports {
namespace {

Cell key_cell(const std::string& key) {
  if (key.empty()) return text_cell("");
  return {key.substr(0, kShortKey), {}, {}, stage_anchor(key)};
}

Table machine_table(const Study& study) {
  Table table{.id = "provenance",
              .title = "Run and machine",
              .caption = "The run, sources, build and machine that produced the numbers."};
  table.columns = {{.header = "What"}, {.header = "Value"}};
  const auto add = [&table](const std::string& name, const std::string& value) {
    table.rows.push_back({text_cell(name), text_cell(value)});
  };
  add("run", study.run_id);
  add("command", study.command);
  add("started (UTC)", study.started_utc);
  add("finished (UTC)", study.finished_utc);
  for (const auto& [name, value] : study.provenance) add(name, value);
  return table;
}

bool has_one_command(const std::vector<StageFacts>& stages) {
  return !stages.empty() && !stages.front().command.empty() &&
         std::all_of(stages.begin(), stages.end(),
                     [&](const auto& stage) { return stage.command == stages.front().command; });
}

Table stage_table(const Study& study) {
  Table table{.id = "stages",
              .title = "Stages",
              .caption = "All stages of the run, with the command to reproduce each."};
  table.columns = {{.header = "Stage"},
                   {.header = "Kind"},
                   {.header = "State"},
                   {.header = "Key", .is_code = true},
                   {.header = "Wall", .detail = "s", .unit = "s", .decimals = 1, .is_text = false},
                   {.header = "CPU", .detail = "s", .unit = "s", .decimals = 1, .is_text = false},
                   {.header = "Peak memory",
                    .detail = "MiB",
                    .unit = "byte",
                    .scale = 1024.0 * 1024,
                    .decimals = 0,
                    .is_text = false}};
  table.is_appendix = true;
  // One command for all is said once.
  const bool is_one = has_one_command(study.stages);
  if (is_one) {
    table.caption = "All stages of the run, each reproduced by: " + study.stages.front().command;
  } else {
    table.columns.push_back({.header = "Command", .is_code = true});
  }
  std::map<std::string, int> count_of;
  for (const auto& stage : study.stages) {
    table.rows.push_back({text_cell(stage.name), text_cell(stage.kind), text_cell(stage.state),
                          text_cell(stage.key.substr(0, kShortKey)),
                          number_cell(stage.wall_seconds), number_cell(stage.cpu_seconds),
                          number_cell(static_cast<double>(stage.peak_memory_bytes))});
    if (!is_one) table.rows.back().push_back(text_cell(stage.command));
    // Stages of two contestants may be one and the same; links lead to the first.
    const auto anchor = stage.key.empty() ? "stage" : stage_anchor(stage.key);
    const int same = ++count_of[anchor];
    table.row_anchors.push_back(same == 1 ? anchor : anchor + "-" + std::to_string(same));
  }
  return table;
}

/// Images of an image group: its parts in the order degraded, restored ..., target.
Figure comparison_figure(const Study& study, const std::string& task, const std::string& image,
                         const std::vector<const StoredImage*>& images) {
  ImageComparison comparison;
  for (const char* role : {"degraded", "restored", "target"}) {
    for (const auto* image : images) {
      if (image->role != role) continue;
      const auto label = image->contestant.empty() ? image->role
                                                   : contestant_label(study, image->contestant) +
                                                         ", seed " + std::to_string(image->seed);
      comparison.images.push_back({label, image->role, image->file});
    }
  }
  return {.id = slug("images-" + task + "-" + image),
          .title = task_label(study, task) + ", " + (image.empty() ? "image" : image),
          .caption = "The degraded image, the restoration by each contestant, and the target.",
          .description = "Degraded, restored and target versions of one test image.",
          .content = std::move(comparison)};
}

}  // namespace

Section image_section(const Study& study) {
  Section section{"images", "Images", {}};
  std::vector<std::pair<std::string, std::string>> order;
  std::map<std::pair<std::string, std::string>, std::vector<const StoredImage*>> groups;
  for (const auto& image : study.images) {
    const std::pair key(image.task, image.image);
    if (groups[key].empty()) order.push_back(key);
    groups[key].push_back(&image);
  }
  for (const auto& key : order) {
    section.blocks.emplace_back(comparison_figure(study, key.first, key.second, groups[key]));
  }
  return section;
}

Section claim_section(const Study& study) {
  Section section{"claims", "Claims", {}};
  if (study.claims.empty()) return section;
  Table table{.id = "claims",
              .title = "Verdicts on published results",
              .caption = "Published numbers and rankings, compared with this run."};
  table.columns = {{.header = "Claim"},    {.header = "Source"},     {.header = "Published"},
                   {.header = "Measured"}, {.header = "Difference"}, {.header = "Verdict"},
                   {.header = "Why"}};
  for (const auto& claim : study.claims) {
    Cell measured = text_cell(claim.measured);
    if (claim.measured.empty()) {
      measured = {
          Missing{"not measured"},
          {},
          {note_index(table, claim.reason.empty() ? "No reason was recorded." : claim.reason)},
          ""};
    }
    Cell published = text_cell(claim.published);
    if (!claim.protocol.empty()) {
      published.notes.push_back(note_index(table, "Protocol: " + claim.protocol + "."));
    }
    table.rows.push_back({text_cell(claim.statement), text_cell(claim.source), published, measured,
                          text_cell(claim.difference), text_cell(claim.verdict),
                          text_cell(claim.reason)});
  }
  section.blocks.emplace_back(std::move(table));
  return section;
}

Section missing_section(const Study& study) {
  Section section{"missing", "Missing results", {}};
  if (study.missing.empty()) return section;
  Table table{.id = "missing-cells",
              .title = "Failed, lost and skipped stages",
              .caption =
                  "Parts of the plan without a result: \"failed\" is an error of the method, "
                  "\"lost\" an error of the machine, \"skipped\" needs a stage that failed."};
  table.columns = {{.header = "Contestant"},
                   {.header = "Task"},
                   {.header = "Seed", .decimals = 0, .is_text = false},
                   {.header = "State"},
                   {.header = "Reason"}};
  for (const auto& cell : study.missing) {
    table.rows.push_back({text_cell(contestant_label(study, cell.contestant)),
                          text_cell(task_label(study, cell.task)),
                          number_cell(static_cast<double>(cell.seed)), text_cell(cell.state),
                          text_cell(cell.reason)});
  }
  section.blocks.emplace_back(std::move(table));
  return section;
}

namespace {

void add_seed_rows(const Study& study, const ScoreKey& key, const ScoreCell& cell, Table& table) {
  for (const auto& [seed, scores] : cell.seeds) {
    const auto mean = image_mean(scores.by_image);
    Cell value{.content = Number{
                   .value = mean.value, .n_images = mean.n_images, .infinite = mean.infinite}};
    if (mean.infinite > 0) {
      value.notes.push_back(note_index(table, "Images identical to the target are excluded."));
    }
    table.rows.push_back(
        {text_cell(contestant_label(study, key.contestant)), text_cell(task_label(study, key.task)),
         text_cell(key.data_set), number_cell(static_cast<double>(seed)), value,
         number_cell(static_cast<double>(mean.n_images)), key_cell(scores.stage_key)});
    table.row_anchors.push_back(score_anchor(key, seed));
  }
}

Table seed_table(const Study& study, const ScoreIndex& scores, std::size_t protocol) {
  const auto& name = study.protocols[protocol];
  const auto metric = metric_of_protocol(name);
  Table table{.id = "seeds-" + std::to_string(protocol + 1),
              .title = "Every seed, " + protocol_name(study, protocol),
              .caption = "Mean over images for each seed, with the stage that measured it."};
  table.columns = {{.header = "Contestant"},
                   {.header = "Task"},
                   {.header = "Data set"},
                   {.header = "Seed", .decimals = 0, .is_text = false},
                   {.header = "Mean", .unit = metric.unit, .decimals = 4, .is_text = false},
                   {.header = "Images", .decimals = 0, .is_text = false},
                   {.header = "Stage", .is_code = true}};
  table.is_appendix = true;
  for (const auto& task : study.tasks) {
    for (const auto& data_set : scores.data_sets(task.id)) {
      for (const auto& contestant : study.contestants) {
        const ScoreKey key{contestant.id, task.id, data_set, name};
        if (const auto* cell = scores.find(key)) add_seed_rows(study, key, *cell, table);
      }
    }
  }
  return table;
}

}  // namespace

Section provenance_section(const Study& study, const ScoreIndex& scores) {
  Section section{"provenance", "Provenance", {}};
  section.blocks.emplace_back(machine_table(study));
  for (std::size_t i = 0; i < study.protocols.size(); ++i) {
    auto seeds = seed_table(study, scores, i);
    if (!seeds.rows.empty()) section.blocks.emplace_back(std::move(seeds));
  }
  if (!study.stages.empty()) section.blocks.emplace_back(stage_table(study));
  return section;
}

}  // namespace bench::reports
