#include "reports/sections/study_lookup.h"

#include <algorithm>
#include <map>
#include <set>

#include "reports/content/escape.h"
#include "reports/content/number_text.h"
#include "reports/content/protocol_name.h"
#include "reports/sections/comparison.h"

namespace bench::reports {
namespace {

std::string count_text(std::int64_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

/// The seeds of a cell that are missing, by what became of them and why.
using MissingSeeds = std::map<std::pair<std::string, std::string>, std::vector<std::int64_t>>;

MissingSeeds missing_seeds(const Study& study, const ScoreKey& key, const ScoreCell* found) {
  MissingSeeds missing;
  for (const auto& cell : study.missing) {
    if (cell.contestant != key.contestant || cell.task != key.task) continue;
    if (found != nullptr && found->seeds.count(cell.seed) != 0) continue;
    missing[{cell.state, cell.reason}].push_back(cell.seed);
  }
  return missing;
}

/// "Seeds 1, 2: failed, loss became NaN", for each of them.
std::vector<std::size_t> missing_notes(const MissingSeeds& missing, Table& table) {
  std::vector<std::size_t> notes;
  for (const auto& [what, seeds] : missing) {
    auto note = seeds_text(seeds) + ": " + what.first;
    note[0] = 'S';
    if (!what.second.empty()) note.append(", ").append(what.second);
    notes.push_back(note_index(table, note));
  }
  return notes;
}

Cell missing_cell(const MissingSeeds& missing, Table& table) {
  if (missing.empty()) {
    return {.content = Missing{"not run"},
            .notes = {note_index(table, "This is not part of the run.")}};
  }
  return {.content = Missing{missing.begin()->first.first}, .notes = missing_notes(missing, table)};
}

std::string infinite_note(const Number& number, std::int64_t total) {
  return std::to_string(number.infinite) + " of " + std::to_string(total) +
         " images are identical to the target (PSNR ∞)" +
         (number.infinite == total ? "." : "; the mean is over the other images.");
}

/// Images that every one of `means` has.
std::vector<std::string> common_images(const std::vector<std::map<std::string, double>>& means) {
  std::vector<std::string> common;
  if (means.empty()) return common;
  for (const auto& [image, value] : means.front()) {
    const bool everywhere =
        std::all_of(means.begin(), means.end(),
                    [&image = image](const auto& m) { return m.count(image) != 0; });
    if (everywhere) common.push_back(image);
  }
  return common;
}

ContestantScores scores_of(const Study& study, const ScoreKey& key, const ScoreCell& cell,
                           const std::vector<std::string>& images) {
  ContestantScores found{contestant_label(study, key.contestant), {}, {}};
  for (const auto& contestant : study.contestants) {
    if (contestant.id == key.contestant) found.is_trained = contestant.is_trained;
  }
  for (const auto& [seed, scored] : cell.seeds) {
    found.seeds.push_back(seed);
    auto& row = found.by_seed.emplace_back();
    for (const auto& image : images) row.push_back(scored.by_image.at(image));
  }
  return found;
}

/// "CLEARER, Deraining, rain100h: seed 1 28.4312 (stage 0123456789ab), seed 2 ...".
std::string trail_of(const Study& study, const ScoreKey& key, const ScoreCell& cell) {
  std::string trail = contestant_label(study, key.contestant) + ", " + task_label(study, key.task) +
                      ", " + key.data_set + ":";
  for (const auto& [seed, scores] : cell.seeds) {
    trail += (trail.back() == ':' ? " seed " : ", seed ") + std::to_string(seed) + " " +
             rounded(image_mean(scores.by_image).value, 4) + " (stage " +
             scores.stage_key.substr(0, kShortKey) + ")";
  }
  return trail;
}

}  // namespace

std::string contestant_label(const Study& study, const std::string& id) {
  for (const auto& contestant : study.contestants) {
    if (contestant.id == id && !contestant.label.empty()) return contestant.label;
  }
  return id.empty() ? "(unnamed)" : id;
}

std::string task_label(const Study& study, const std::string& id) {
  for (const auto& task : study.tasks) {
    if (task.id == id && !task.label.empty()) return task.label;
  }
  return id.empty() ? "(unnamed)" : id;
}

std::vector<ContestantFacts> scored_contestants(const Study& study) {
  auto scored = study.contestants;
  std::erase_if(scored, [](const auto& contestant) { return !contestant.is_scored; });
  return scored;
}

std::string protocol_on(const Study& study, std::size_t number, const std::string& task) {
  for (const auto& facts : study.tasks) {
    if (facts.id == task && number < facts.protocols.size()) return facts.protocols[number];
  }
  return study.protocols[number];
}

std::string protocol_name(const Study& study, std::size_t number) {
  return short_names(study.protocols)[number];
}

std::string protocol_with_unit(const Study& study, std::size_t number) {
  const auto unit = metric_of_protocol(study.protocols[number]).unit;
  return protocol_name(study, number) + (unit.empty() ? "" : ", " + unit);
}

std::size_t contestant_style(const Study& study, const std::string& id) {
  std::size_t row = 0;
  while (row < study.contestants.size() && study.contestants[row].id != id) ++row;
  return row;
}

std::string seed_numbers(const std::vector<std::int64_t>& seeds) {
  std::string text;
  for (const auto seed : seeds) text += (text.empty() ? "" : ", ") + std::to_string(seed);
  return text.empty() ? "none" : text;
}

std::string seeds_text(const std::vector<std::int64_t>& seeds) {
  if (seeds.empty()) return "no seeds";
  return (seeds.size() == 1 ? "seed " : "seeds ") + seed_numbers(seeds);
}

std::string sample_text(std::int64_t n_images, std::int64_t n_seeds) {
  return count_text(n_images, "image") + " × " + count_text(n_seeds, "seed");
}

Cell score_cell(const Study& study, const ScoreIndex& scores, const ScoreKey& key, Table& table) {
  const auto* found = scores.find(key);
  const auto missing = missing_seeds(study, key, found);
  if (found == nullptr) return missing_cell(missing, table);
  Cell cell{.content = summary(*found),
            .notes = missing_notes(missing, table),
            .link = score_anchor(key, found->seeds.begin()->first)};
  table.trail.push_back(trail_of(study, key, *found));
  const auto& number = std::get<Number>(cell.content);
  if (number.infinite > 0) {
    std::int64_t total = 0;
    for (const auto& [seed, values] : found->seeds) {
      total += static_cast<std::int64_t>(values.by_image.size());
    }
    cell.notes.push_back(note_index(table, infinite_note(number, total)));
  }
  return cell;
}

std::optional<Lead> mark_column(const Study& study, const ScoreIndex& scores,
                                const std::vector<ScoreKey>& keys, std::size_t column,
                                Table& table) {
  std::vector<std::size_t> rows;
  std::vector<std::map<std::string, double>> means;
  bool has_infinite = false;
  for (std::size_t row = 0; row < keys.size(); ++row) {
    const auto* cell = scores.find(keys[row]);
    if (cell == nullptr) continue;
    has_infinite |= std::get<Number>(table.rows[row][column].content).infinite > 0;
    rows.push_back(row);
    means.push_back(seed_mean_by_image(*cell));
  }
  const auto remark = [&](const std::string& words) {
    table.remarks.push_back(table.columns[column].header + ": " + words);
  };
  if (has_infinite) {
    remark("not tested because a score is infinite.");
    return std::nullopt;
  }
  const auto images = common_images(means);
  if (rows.size() < 2 || images.empty()) return std::nullopt;
  std::vector<ContestantScores> contestants;
  for (const std::size_t row : rows) {
    contestants.push_back(scores_of(study, keys[row], *scores.find(keys[row]), images));
  }
  const auto metric = metric_of_protocol(keys[rows.front()].protocol);
  auto comparison = compare_contestants(
      contestants, {metric.unit, metric.decimals, metric.higher_is_better}, study.inference);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    table.rows[rows[i]][column].mark = comparison.marks[i];
  }
  for (const auto& warning : comparison.warnings) remark(warning + ".");
  if (comparison.lead) {
    comparison.lead->best = rows[comparison.lead->best];
    comparison.lead->second = rows[comparison.lead->second];
  }
  return comparison.lead;
}

void state_sample_sizes(Table& table, std::size_t column) {
  std::map<std::string, int> counts;
  for (const auto& row : table.rows) {
    if (const auto* number = std::get_if<Number>(&row[column].content)) {
      ++counts[sample_text(number->n_images, number->n_seeds)];
    }
  }
  if (counts.empty()) return;
  const auto common = std::max_element(
      counts.begin(), counts.end(),
      [](const auto& left, const auto& right) { return left.second < right.second; });
  table.columns[column].detail = common->first;
  for (auto& row : table.rows) {
    const auto* number = std::get_if<Number>(&row[column].content);
    if (number == nullptr) continue;
    const auto sample = sample_text(number->n_images, number->n_seeds);
    if (sample != common->first) row[column].notes.push_back(note_index(table, sample + "."));
  }
}

std::string stage_anchor(const std::string& stage_key) {
  return stage_key.empty() ? "" : "stage-" + slug(stage_key.substr(0, kShortKey));
}

Cell not_recorded(Table& table) {
  return {Missing{"not recorded"}, Mark::kNone, {note_index(table, "Not recorded.")}, ""};
}

}  // namespace bench::reports
