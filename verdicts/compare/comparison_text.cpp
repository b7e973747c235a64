#include <algorithm>
#include <cmath>
#include <cstdio>

#include "verdicts/compare/comparison.h"
#include "verdicts/compare/interval_json.h"

namespace bench::verdicts {
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
  if (!row.equivalence)
    return "equivalence: not tested (needs a margin, see --margin, two images, and two trainings a "
           "side)";
  return std::string(row.equivalence->equivalent ? "equivalent" : "not shown to be equivalent") +
         " within " + printed(row.margin, "%g") + row.unit +
         " (two one-sided tests, p = " + printed(row.equivalence->p, "%.4g") + ")";
}

std::string name_of(const ScoreComparison& row) {
  return (row.contestant.empty() ? "" : row.contestant + " on ") + row.task + ", " +
         row.protocol.substr(0, row.protocol.find('('));
}

std::string seeds_text(const ScoreComparison& row) {
  const bool has_seeds = row.first_seeds > 1 || row.second_seeds > 1;
  if (!row.is_trained && !has_seeds) return "; not trained)";
  return "; " + std::to_string(row.first_seeds) + " and " + std::to_string(row.second_seeds) +
         (row.is_trained ? " seeds)" : " noise draws; not trained)");
}

bool is_identical(const ScoreComparison& row) {
  const auto& images = row.networks;
  return images.mean_difference == 0.0 && images.t_interval && images.t_interval->low == 0.0 &&
         images.t_interval->high == 0.0;
}

// Many rows are read from the top: significant differences are listed, the others counted.
std::string in_short(const RunComparison& comparison) {
  std::string named;
  std::size_t identical = 0, open = 0;
  for (const auto& row : comparison.scores) {
    const int direction = direction_of(row);
    if (direction != 0) {
      named += "  " + std::string(direction > 0 ? "higher: " : "lower:  ") + name_of(row) + " by " +
               printed(std::abs(row.networks.mean_difference), "%.4f") +
               (row.unit.empty() ? "" : " " + row.unit) + "\n";
    } else if (is_identical(row)) {
      ++identical;
    } else {
      ++open;
    }
  }
  std::string text =
      "summary of " + std::to_string(comparison.scores.size()) + " comparisons:\n" + named;
  if (identical > 0) text += "  identical: " + std::to_string(identical) + "\n";
  if (open > 0) text += "  not significantly different (5 % level): " + std::to_string(open) + "\n";
  return text + "\n";
}

// The interval and p that decide, how often the first is above, and what seeds can show.
std::string methods_text(const ScoreComparison& row) {
  const auto& methods = row.methods;
  const std::string unit = row.unit.empty() ? "" : " " + row.unit;
  if (!methods.interval) return "(methods: not tested, as " + methods.refusal + ")\n";
  std::string text = interval_text(*methods.interval) + ", p = " + printed(methods.p, "%.4g");
  if (row.holm_p) {
    text += " (" + printed(*row.holm_p, "%.4g") + " with Holm's correction over all rows)";
  }
  text += row.is_trained ? ": methods, on images like these\n" : ": on images like these\n";
  text += "  P(first > second) = " + printed(row.share.estimate, "%.2f");
  if (row.share.interval) {
    text += " [" + printed(row.share.interval->low, "%.2f") + ", " +
            printed(row.share.interval->high, "%.2f") + "]";
  }
  const auto seeds = std::max(row.first_seeds, row.second_seeds);
  const auto now = statistics::detectable_difference(methods, seeds);
  if (!row.is_trained || !now) return text + "\n";
  const auto enough = statistics::seeds_to_detect(methods, methods.mean_difference);
  const auto more = enough && *enough > seeds ? *enough : std::max<std::size_t>(10, 2 * seeds);
  const auto then = statistics::detectable_difference(methods, more);
  return text + "; " + std::to_string(seeds) + " seeds can show " + printed(*now, "%.3g") + unit +
         " here, " + std::to_string(more) + " seeds would show " + printed(*then, "%.3g") + unit +
         "\n";
}

std::string scores_text(const ScoreComparison& row) {
  const auto& images = row.networks;
  std::string text = (row.contestant.empty() ? "" : row.contestant + " on ") + row.task + ", " +
                     row.protocol + "\n  means " + printed(row.first_mean, "%.4f") + " and " +
                     printed(row.second_mean, "%.4f") + (row.unit.empty() ? "" : " " + row.unit) +
                     " (" + std::to_string(images.n) + (images.n == 1 ? " image" : " images") +
                     seeds_text(row) + "\n  difference " + printed(images.mean_difference);
  text += " " + methods_text(row) +
          (row.is_trained ? "  these trained networks" : "  as they are") +
          ", on images like these: ";
  if (images.t_interval) text += interval_text(*images.t_interval) + ", ";
  text += "Wilcoxon p = " + printed(images.p, "%.4g") + "\n  " + equivalence_text(row) + "\n";
  for (const auto& warning : images.warnings) text += "  note: " + warning + "\n";
  return text;
}

Json scores_json(const ScoreComparison& row) {
  const auto& images = row.networks;
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
          {"trained", row.is_trained},
          {"direction", direction_of(row)},
          {"images", images.n},
          {"difference", images.mean_difference},
          {"over_images", interval_json(images.t_interval)},
          {"over_seeds_and_images", interval_json(row.methods.interval)},
          {"p", row.methods.refusal.empty() ? Json(row.methods.p) : Json(nullptr)},
          {"p_holm", row.holm_p ? Json(*row.holm_p) : Json(nullptr)},
          {"not_tested", row.methods.refusal},
          {"probability_first_higher", row.share.estimate},
          {"probability_interval", interval_json(row.share.interval)},
          {"wilcoxon_p", images.p},
          {"wilcoxon_smallest_p", images.smallest_p},
          {"equivalence", equivalence}};
}

}  // namespace

int direction_of(const ScoreComparison& row) {
  constexpr double kLevel = 0.05;
  if (!row.methods.refusal.empty() || row.holm_p.value_or(row.methods.p) > kLevel) return 0;
  if (row.methods.mean_difference == 0.0) return 0;
  return row.methods.mean_difference > 0.0 ? 1 : -1;
}

std::string comparison_text(const RunComparison& comparison) {
  constexpr std::size_t kMostShown = 40;
  std::string text = comparison.first + " against " + comparison.second + "\n\n";
  if (comparison.scores.size() > 1) text += in_short(comparison);
  for (const auto& row : comparison.scores) text += scores_text(row);
  if (comparison.scores.empty()) text += "the two sides share no measurements\n";
  for (const auto& missing : comparison.missing) text += "no scores: " + missing + "\n";
  for (const auto& note : comparison.notes) text += "note: " + note + "\n";
  text += "\nsettings that differ: " + std::to_string(comparison.settings.size()) + "\n";
  for (std::size_t i = 0; i < std::min(comparison.settings.size(), kMostShown); ++i) {
    const auto& one = comparison.settings[i];
    text += "  " + one.path + ": " + (one.first.empty() ? "absent" : one.first) + " | " +
            (one.second.empty() ? "absent" : one.second) + "\n";
  }
  if (comparison.settings.size() > kMostShown) text += "  ... use --json to see all of them\n";
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

}  // namespace bench::verdicts
