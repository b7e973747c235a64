#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "reports/content/study.h"
#include "reports/content/table.h"
#include "reports/sections/comparison.h"
#include "reports/sections/score_index.h"

/// Small questions that several parts of a report ask a study.
namespace bench::reports {

/// The label for people; the id itself if it has no facts or no label.
std::string contestant_label(const Study& study, const std::string& id);
std::string task_label(const Study& study, const std::string& id);

/// Those that take part with scores, in order.
std::vector<ContestantFacts> scored_contestants(const Study& study);

/// Study::protocols[number] on that task: with the task's noise.
std::string protocol_on(const Study& study, std::size_t number, const std::string& task);

/// Its short name, "PSNR" or "PSNR (b)": what tables and captions call it. The section
/// "Definitions" says what it is.
std::string protocol_name(const Study& study, std::size_t number);

/// "PSNR (b), dB": the same with the unit of its scores.
std::string protocol_with_unit(const Study& study, std::size_t number);

/// Color and sign of a contestant in figures: its row. One that is not listed comes behind all.
std::size_t contestant_style(const Study& study, const std::string& id);

/// "1, 2, 3", for a place that already says seeds.
std::string seed_numbers(const std::vector<std::int64_t>& seeds);

/// "seeds 1, 2, 3" / "seed 1".
std::string seeds_text(const std::vector<std::int64_t>& seeds);

/// "12 images × 3 seeds", "1 image × 1 seed".
std::string sample_text(std::int64_t n_images, std::int64_t n_seeds);

/// The cell of `key`: its number with a link to its seeds, and footnotes for what is incomplete
/// or infinite; or Missing with its reason. Notes go into `table`.
Cell score_cell(const Study& study, const ScoreIndex& scores, const ScoreKey& key, Table& table);

/// Compares the contestants of column `column` by their scores on every image and seed and sets
/// the marks of that column's cells. Row r of the table belongs to keys[r]. What the test could not
/// do is added to the remarks, with the column's name.
/// \returns how the best stands against the second best; absent where nothing was compared. The
///          indices are rows of the table.
std::optional<Lead> mark_column(const Study& study, const ScoreIndex& scores,
                                const std::vector<ScoreKey>& keys, std::size_t column,
                                Table& table);

/// Sets the column's detail to its common "n images × n seeds", and gives each cell that differs
/// from it a footnote.
void state_sample_sizes(Table& table, std::size_t column);

/// This many characters of a stage's key are shown: enough for `bench show` to find the stage.
inline constexpr std::size_t kShortKey = 12;

/// Id of the row of a stage in the provenance; "" for no key.
std::string stage_anchor(const std::string& stage_key);

/// A cell that says "not recorded" with that as its footnote.
Cell not_recorded(Table& table);

}  // namespace bench::reports
