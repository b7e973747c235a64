#include <cstdio>

#include "runner/decide/comparison.h"
#include "runner/decide/interval_json.h"

namespace bench::runner {
namespace {

using Json = nlohmann::ordered_json;

std::string printed(double value, const char* format = "%+.4f") {
  char text[64];
  std::snprintf(text, sizeof(text), format, value);
  return text;
}

std::string interval_text(const statistics::Interval& interval) {
  return "[" + printed(interval.low) + ", " + printed(interval.high) + "] at " +
         printed(100 * interval.confidence, "%.0f") + " %";
}

std::string equivalence_text(const ScoreComparison& row) {
  if (!row.equivalence) return "equivalence: no margin (--margin), or one picture only";
  return std::string(row.equivalence->equivalent ? "equivalent" : "not shown equivalent") +
         " within " + printed(row.margin, "%g") + row.unit +
         " (two one-sided tests, p = " + printed(row.equivalence->p, "%.4g") + ")";
}

std::string scores_text(const ScoreComparison& row) {
  const auto& images = row.difference.images;
  std::string text = (row.contestant.empty() ? "" : row.contestant + " on ") + row.task + ", " +
                     row.protocol + "\n  means " + printed(row.first_mean, "%.4f") + " and " +
                     printed(row.second_mean, "%.4f") + (row.unit.empty() ? "" : " " + row.unit) +
                     " (" + std::to_string(images.n) + " pictures; " +
                     std::to_string(row.first_seeds) + " and " + std::to_string(row.second_seeds) +
                     " seeds)\n  difference " + printed(images.mean_difference);
  if (images.t_interval) text += ", over pictures " + interval_text(*images.t_interval);
  text += ", Wilcoxon p = " + printed(images.p, "%.4g");
  if (row.holm_p) text += " (" + printed(*row.holm_p, "%.4g") + " of all rows, Holm)";
  text += "\n";
  text += "  over seeds and pictures " + interval_text(row.difference.seeds_and_images.interval) +
          "\n  " + equivalence_text(row) + "\n";
  for (const auto& warning : images.warnings) text += "  note: " + warning + "\n";
  if (const auto& warning = row.difference.seeds_and_images.warning) {
    text += "  note: " + *warning + "\n";
  }
  return text;
}

Json scores_json(const ScoreComparison& row) {
  const auto& images = row.difference.images;
  Json equivalence = nullptr;
  if (row.equivalence) {
    equivalence = {{"margin", row.margin},
                   {"equivalent", row.equivalence->equivalent},
                   {"p", row.equivalence->p},
                   {"interval", interval_json(row.equivalence->interval)}};
  }
  return {{"contestant", row.contestant.empty() ? Json(nullptr) : Json(row.contestant)},
          {"task", row.task},
          {"protocol", row.protocol},
          {"unit", row.unit},
          {"first_mean", row.first_mean},
          {"second_mean", row.second_mean},
          {"first_seeds", row.first_seeds},
          {"second_seeds", row.second_seeds},
          {"pictures", images.n},
          {"difference", images.mean_difference},
          {"over_pictures", interval_json(images.t_interval)},
          {"over_seeds_and_pictures", interval_json(row.difference.seeds_and_images.interval)},
          {"wilcoxon_p", images.p},
          {"wilcoxon_p_holm", row.holm_p ? Json(*row.holm_p) : Json(nullptr)},
          {"wilcoxon_smallest_p", images.smallest_p},
          {"equivalence", equivalence}};
}

}  // namespace

std::string comparison_text(const RunComparison& comparison) {
  constexpr std::size_t kMostShown = 40;
  std::string text = comparison.first + " against " + comparison.second + "\n\n";
  for (const auto& row : comparison.scores) text += scores_text(row);
  if (comparison.scores.empty()) text += "nothing measured on both sides\n";
  for (const auto& missing : comparison.missing) text += "without scores: " + missing + "\n";
  for (const auto& note : comparison.notes) text += "note: " + note + "\n";
  text += "\nsettings that differ: " + std::to_string(comparison.settings.size()) + "\n";
  for (std::size_t i = 0; i < std::min(comparison.settings.size(), kMostShown); ++i) {
    const auto& one = comparison.settings[i];
    text += "  " + one.path + ": " + (one.first.empty() ? "absent" : one.first) + " | " +
            (one.second.empty() ? "absent" : one.second) + "\n";
  }
  if (comparison.settings.size() > kMostShown) text += "  ... all of them with --json\n";
  return text;
}

std::string comparison_json(const RunComparison& comparison) {
  Json facts = {{"format", "bench-comparison"},  {"version", 1},
                {"first", comparison.first},     {"second", comparison.second},
                {"scores", Json::array()},       {"settings", Json::array()},
                {"missing", comparison.missing}, {"notes", comparison.notes}};
  for (const auto& row : comparison.scores) facts["scores"].push_back(scores_json(row));
  for (const auto& one : comparison.settings) {
    facts["settings"].push_back({{"path", one.path}, {"first", one.first}, {"second", one.second}});
  }
  return facts.dump(2) + "\n";
}

}  // namespace bench::runner
