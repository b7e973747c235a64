#include <algorithm>

#include "reports/content/number_text.h"
#include "reports/content/protocol_name.h"
#include "reports/sections/answer_parts.h"
#include "reports/sections/cost_scale.h"
#include "reports/sections/study_lookup.h"

namespace bench::reports {
namespace {

constexpr const char* kId = "answer";

std::optional<Interval> interval_of(const Asked& asked) {
  if (asked.equivalence) return asked.equivalence->interval;
  return asked.difference ? asked.difference->interval : std::nullopt;
}

std::string label_of(const Study& study, const Asked& asked) {
  const auto pair =
      contestant_label(study, asked.ask->contestant) + " − " + contestant_label(study, asked.other);
  return study.tasks.size() > 1 ? task_label(study, asked.task) + ": " + pair : pair;
}

/// Of one metric only: intervals of decibels and of SSIM have no axis in common.
std::optional<Figure> score_figure(const Study& study, const std::vector<Asked>& all) {
  Intervals intervals;
  std::string protocol, words;
  for (const auto& asked : all) {
    const auto interval = interval_of(asked);
    if (!interval) continue;
    if (protocol.empty()) protocol = asked.ask->protocol;
    if (metric_of_protocol(protocol).label != metric_of_protocol(asked.ask->protocol).label) {
      continue;
    }
    const auto& test = asked.equivalence;
    if (asked.ask->kind == "equal") intervals.margin = asked.ask->margin;
    intervals.rows.push_back(
        {.label = label_of(study, asked),
         .value = asked.difference->effect,
         .low = interval->low,
         .high = interval->high,
         .text = amount_text(asked.difference->effect, asked.ask->protocol),
         .is_decided = test ? test->is_equal || test->is_unequal : is_shown(asked)});
    words += intervals.rows.back().label + ": " + intervals.rows.back().text + ", " +
             amount_text(interval->low, protocol) + " to " + amount_text(interval->high, protocol) +
             ". ";
  }
  if (intervals.rows.empty()) return std::nullopt;
  const auto metric = metric_of_protocol(protocol);
  intervals.x = {"difference in " + with_unit(metric), false};
  intervals.left = "← the first is worse";
  intervals.right = "the first is better →";
  const bool has_equal = std::any_of(all.begin(), all.end(),
                                     [](const auto& one) { return one.equivalence.has_value(); });
  return Figure{
      .id = kId,
      .title = "The answer",
      .caption = "Mean difference in " + metric.label + " with its " +
                 (has_equal ? "95 % interval (90 % where equality is asked)" : "95 % interval") +
                 ", for " + study.inference +
                 "; in color where the question is decided at the 5 % level.",
      .description = std::move(words),
      .content = std::move(intervals)};
}

std::optional<Figure> correlation_figure(const Study& study, const std::vector<Asked>& all) {
  const auto found = std::find_if(all.begin(), all.end(),
                                  [](const auto& asked) { return asked.correlation.has_value(); });
  if (found == all.end()) return std::nullopt;
  const Ask& ask = *found->ask;
  const auto score = with_unit(metric_of_protocol(ask.protocol));
  Scatter scatter{.y = {score + ", " + task_label(study, found->task), false}};
  double largest = 0;
  for (const auto& point : found->correlation->points) largest = std::max(largest, point.x);
  CostScale scale{score + ", " + task_label(study, ask.with_task), "", 1, 2};
  if (ask.with_task.empty()) {
    scale = cost_scale(ask.quantity, ask.quantity == "peak_memory_bytes" ? "byte" : "", largest);
  }
  scatter.x = {scale.label + (scale.people_unit.empty() ? "" : ", " + scale.people_unit), false};
  for (const auto& point : found->correlation->points) {
    scatter.points.push_back({.label = contestant_label(study, point.contestant),
                              .x = point.x / scale.divisor,
                              .y = point.y,
                              .style = contestant_style(study, point.contestant)});
  }
  return Figure{.id = kId,
                .title = "The answer",
                .caption = "One dot for each contestant, mean over seeds and images.",
                .description = "The tables of scores and costs show the same numbers.",
                .content = std::move(scatter)};
}

std::optional<Figure> distance_figure(const Study& study, const std::vector<Asked>& all) {
  HeatMap map{.row_title = "searches",
              .column_title = "distance",
              .value_title = "modules that differ",
              .columns = {"between the two", "between seeds of one"}};
  for (const auto& asked : all) {
    if (!asked.architectures) continue;
    const auto& found = *asked.architectures;
    map.rows.push_back(contestant_label(study, asked.ask->contestant) + " and " +
                       contestant_label(study, asked.other));
    map.values.push_back({found.between, found.within});
    map.texts.push_back({rounded(found.between, 1) + " of " + std::to_string(found.modules),
                         rounded(found.within, 1)});
  }
  if (map.rows.empty()) return std::nullopt;
  return Figure{.id = kId,
                .title = "The answer",
                .caption = "Modules that differ between two searches, and between seeds of one.",
                .description = "The table of distances shows the same numbers.",
                .content = std::move(map)};
}

}  // namespace

std::optional<Figure> answer_figure(const Study& study, const std::vector<Asked>& all) {
  if (auto figure = score_figure(study, all)) return figure;
  if (auto figure = correlation_figure(study, all)) return figure;
  return distance_figure(study, all);
}

}  // namespace bench::reports
