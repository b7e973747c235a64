#include <algorithm>
#include <numeric>
#include <set>

#include "reports/content/escape.h"
#include "reports/content/protocol_name.h"
#include "reports/sections/sections.h"
#include "reports/sections/study_lookup.h"

namespace bench::reports {
namespace {

struct ScoredContestant {
  std::string label;
  std::map<std::string, double> by_image;
  double mean;
};

std::vector<ScoredContestant> scored(const Study& study, const ScoreIndex& scores,
                                     const std::string& task, const std::string& data_set) {
  std::vector<ScoredContestant> contestants;
  for (const auto& contestant : study.contestants) {
    const auto* cell = scores.find({contestant.id, task, data_set, study.protocols.front()});
    if (cell == nullptr) continue;
    auto by_image = seed_mean_by_image(*cell);
    if (by_image.empty()) continue;
    double sum = 0;
    for (const auto& [image, value] : by_image) sum += value;
    const double mean = sum / static_cast<double>(by_image.size());
    contestants.push_back({contestant_label(study, contestant.id), std::move(by_image), mean});
  }
  return contestants;
}

/// The best on the y axis against the second best on the x axis.
void choose_pair(const std::vector<ScoredContestant>& contestants, bool higher_is_better,
                 PairedImages& paired) {
  std::vector<std::size_t> order(contestants.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
    const double a = contestants[left].mean, b = contestants[right].mean;
    return higher_is_better ? a > b : a < b;
  });
  paired.y = order[0];
  paired.x = order[1];
}

std::optional<Figure> paired_images(const Study& study, const ScoreIndex& scores,
                                    const TaskFacts& task, const std::string& data_set) {
  const auto contestants = scored(study, scores, task.id, data_set);
  if (contestants.size() < 2) return std::nullopt;
  const auto metric = metric_of_protocol(study.protocols.front());
  PairedImages paired{.value = {with_unit(metric), false}};
  std::set<std::string> images;
  for (const auto& contestant : contestants) {
    for (const auto& [image, value] : contestant.by_image) images.insert(image);
  }
  paired.images.assign(images.begin(), images.end());
  for (const auto& contestant : contestants) {
    paired.contestants.push_back(contestant.label);
    auto& values = paired.values.emplace_back();
    for (const auto& image : paired.images) {
      const auto found = contestant.by_image.find(image);
      values.push_back(found == contestant.by_image.end() ? std::nullopt
                                                          : std::optional(found->second));
    }
  }
  choose_pair(contestants, metric.higher_is_better, paired);
  const std::string caption = "Left: one dot per image (mean over seeds); above the diagonal, " +
                              paired.contestants[paired.y] + " scores higher than " +
                              paired.contestants[paired.x] + "; right: the differences.";
  return Figure{.id = slug("images-" + task.id + "-" + data_set),
                .title = "Image by image, " + task_label(study, task.id) + ", " +
                         (data_set.empty() ? "test set" : data_set),
                .caption = caption,
                .description = "All values are in scores.csv.",
                .content = std::move(paired)};
}

}  // namespace

Section image_score_section(const Study& study, const ScoreIndex& scores) {
  Section section{"images", "Image by image", {}};
  if (study.protocols.empty()) return section;
  for (const auto& task : study.tasks) {
    for (const auto& data_set : scores.data_sets(task.id)) {
      auto figure = paired_images(study, scores, task, data_set);
      if (figure) section.blocks.emplace_back(std::move(*figure));
    }
  }
  return section;
}

}  // namespace bench::reports
