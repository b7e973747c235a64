#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "reports/content/escape.h"
#include "reports/sections/sections.h"
#include "reports/sections/study_lookup.h"

namespace bench::reports {
namespace {

constexpr std::size_t kMostPoints = 240;  // more than a column of print can show

bool is_module_probability(const Curve& curve) {
  return curve.stage_kind == "search" && curve.series.starts_with("p_");
}

std::string axis_label(const std::string& series) {
  if (series == "psnr_db") return "PSNR (dB)";
  if (series == "loss") return "loss";
  if (series == "entropy_nats") return "entropy (nats)";
  std::string label = series;
  std::replace(label.begin(), label.end(), '_', ' ');
  return label;
}

/// Mean and range over seeds, at the steps that every seed has.
Lines::Series over_seeds(const std::string& label, const std::vector<const Curve*>& curves) {
  std::map<double, std::vector<double>> by_step;
  for (const auto* curve : curves) {
    for (const auto& [step, value] : curve->points) by_step[step].push_back(value);
  }
  std::vector<std::pair<double, std::vector<double>>> common;
  for (const auto& [step, values] : by_step) {
    const bool is_finite = std::all_of(values.begin(), values.end(),
                                       [](double value) { return std::isfinite(value); });
    if (values.size() >= curves.size() && is_finite) common.emplace_back(step, values);
  }
  Lines::Series series{.label = label};
  for (const auto index : thinned_indices(common.size(), kMostPoints)) {
    const auto& [step, values] = common[index];
    double sum = 0;
    for (const double value : values) sum += value;
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    series.x.push_back(step);
    series.y.push_back(sum / static_cast<double>(values.size()));
    if (curves.size() < 2) continue;
    series.low.push_back(*low);
    series.high.push_back(*high);
  }
  return series;
}

std::string last_values(const Lines& lines) {
  std::string words = "At the last step:";
  for (const auto& series : lines.series) {
    if (series.y.empty()) continue;
    const double value = series.y.back();
    words += " " + series.label + " " + std::to_string(value) + ";";
  }
  return words;
}

// A few large losses of the first steps would press all that follows to the axis.
bool is_better_logarithmic(const Lines& lines) {
  std::vector<double> values;
  for (const auto& series : lines.series) {
    values.insert(values.end(), series.y.begin(), series.y.end());
    values.insert(values.end(), series.low.begin(), series.low.end());
  }
  if (values.empty()) return false;
  std::sort(values.begin(), values.end());
  constexpr double kTypicalToLargest = 4;
  return values.front() > 0 && values.back() > kTypicalToLargest * values[values.size() / 2];
}

struct CurveGroup {
  std::string stage_kind;
  std::string task;
  std::string series;

  friend auto operator<=>(const CurveGroup&, const CurveGroup&) = default;
};

std::vector<CurveGroup> groups_in_order(const Study& study) {
  std::vector<CurveGroup> groups;
  for (const auto& curve : study.curves) {
    if (is_module_probability(curve) || curve.points.empty()) continue;
    const CurveGroup group{curve.stage_kind, curve.task, curve.series};
    if (std::find(groups.begin(), groups.end(), group) == groups.end()) groups.push_back(group);
  }
  std::stable_sort(groups.begin(), groups.end(), [](const auto& left, const auto& right) {
    return left.stage_kind == "train" && right.stage_kind != "train";
  });
  return groups;
}

Figure learning_curves(const Study& study, const CurveGroup& group) {
  std::vector<std::string> contestants;
  std::map<std::string, std::vector<const Curve*>> curves;
  for (const auto& curve : study.curves) {
    const CurveGroup own{curve.stage_kind, curve.task, curve.series};
    if (own != group || curve.points.empty()) continue;
    if (curves[curve.contestant].empty()) contestants.push_back(curve.contestant);
    curves[curve.contestant].push_back(&curve);
  }
  Lines lines{.x = {"step", false}, .y = {axis_label(group.series), false}, .series = {}};
  for (const auto& contestant : contestants) {
    const auto label = contestant.empty() ? "search" : contestant_label(study, contestant);
    auto series = over_seeds(label, curves[contestant]);
    series.style = contestant_style(study, contestant);
    if (!series.x.empty()) lines.series.push_back(std::move(series));
  }
  lines.y.is_log = is_better_logarithmic(lines);
  const auto stage = group.stage_kind == "train" ? "Training" : "Search";
  auto words = last_values(lines);
  return {.id = slug("curve-" + group.stage_kind + "-" + group.series + "-" + group.task),
          .title = std::string(stage) + ", " + axis_label(group.series) + ", " +
                   task_label(study, group.task),
          .caption = std::string("Mean over seeds; the band spans the lowest and highest seed") +
                     (lines.y.is_log ? "; the vertical axis is logarithmic." : "."),
          .description = std::move(words),
          .content = std::move(lines)};
}

Figure trajectory(const Study& study, const Curve& first) {
  Lines lines{
      .x = {"step", false}, .y = {"probability of the parallel module", false}, .series = {}};
  for (const auto& curve : study.curves) {
    if (!is_module_probability(curve) || curve.contestant != first.contestant ||
        curve.task != first.task || curve.seed != first.seed) {
      continue;
    }
    const auto place = curve.series.substr(curve.series.find('/') + 1);
    auto series = over_seeds("module " + place, {&curve});
    series.style = lines.series.size();
    if (!series.x.empty()) lines.series.push_back(std::move(series));
  }
  auto words = last_values(lines);
  const auto seed = std::to_string(first.seed);
  return {
      .id = slug("search-" + first.contestant + "-" + first.task + "-" + seed),
      .title = "Search of " + contestant_label(study, first.contestant) + " on " +
               task_label(study, first.task) + ", seed " + seed,
      .caption =
          "Probability of the parallel module (1) against the fusion module (0) during the search.",
      .description = std::move(words),
      .content = std::move(lines)};
}

std::size_t count_searches(const Study& study) {
  std::set<std::tuple<std::string, std::string, std::int64_t>> searches;
  for (const auto& curve : study.curves) {
    if (is_module_probability(curve)) searches.emplace(curve.contestant, curve.task, curve.seed);
  }
  return searches.size();
}

}  // namespace

Section curve_section(const Study& study) {
  Section section{"curves", "Learning and search", {}};
  for (const auto& group : groups_in_order(study)) {
    section.blocks.emplace_back(learning_curves(study, group));
  }
  // Of many searches, one for each contestant tells enough; the data of all are in the store.
  constexpr std::size_t kMostSearches = 12;
  const bool all_seeds = count_searches(study) <= kMostSearches;
  std::set<std::tuple<std::string, std::string, std::int64_t>> drawn;
  for (const auto& curve : study.curves) {
    if (!is_module_probability(curve) || curve.points.empty()) continue;
    if (!all_seeds && !study.seeds.empty() && curve.seed != study.seeds.front()) continue;
    if (!drawn.emplace(curve.contestant, curve.task, curve.seed).second) continue;
    section.blocks.emplace_back(trajectory(study, curve));
  }
  return section;
}

}  // namespace bench::reports
