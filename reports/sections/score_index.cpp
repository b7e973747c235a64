#include "reports/sections/score_index.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/digest/sha256.h"
#include "reports/sections/comparison.h"

namespace bench::reports {
namespace {

/// (task, protocol of its scores) -> the protocol without noise that names their table.
std::map<std::pair<std::string, std::string>, std::string> tables_of_protocols(const Study& study) {
  std::map<std::pair<std::string, std::string>, std::string> tables;
  for (const auto& task : study.tasks) {
    for (std::size_t i = 0; i < task.protocols.size() && i < study.protocols.size(); ++i) {
      tables[{task.id, task.protocols[i]}] = study.protocols[i];
    }
  }
  return tables;
}

}  // namespace

ScoreIndex::ScoreIndex(const Study& study) {
  const auto tables = tables_of_protocols(study);
  // Scores come cell after cell: the last place found is nearly always the next one.
  const ImageScore* before = nullptr;
  ScoreCell::Seed* seed = nullptr;
  for (const auto& score : study.scores) {
    const bool same_place = before != nullptr && before->seed == score.seed &&
                            before->contestant == score.contestant && before->task == score.task &&
                            before->data_set == score.data_set &&
                            before->protocol == score.protocol;
    if (!same_place) {
      auto& sets = data_sets_[score.task];
      if (std::find(sets.begin(), sets.end(), score.data_set) == sets.end()) {
        sets.push_back(score.data_set);
      }
      const auto table = tables.find({score.task, score.protocol});
      const auto& protocol = table == tables.end() ? score.protocol : table->second;
      seed = &cells_[{score.contestant, score.task, score.data_set, protocol}].seeds[score.seed];
      seed->stage_key = score.stage_key;
      before = &score;
    }
    seed->by_image[score.image] = score.value;
  }
}

const ScoreCell* ScoreIndex::find(const ScoreKey& key) const {
  const auto found = cells_.find(key);
  return found == cells_.end() ? nullptr : &found->second;
}

const std::vector<std::string>& ScoreIndex::data_sets(const std::string& task) const {
  static const std::vector<std::string> kNone;
  const auto found = data_sets_.find(task);
  return found == data_sets_.end() ? kNone : found->second;
}

ImageMean image_mean(const std::map<std::string, double>& by_image) {
  ImageMean mean;
  double sum = 0;
  for (const auto& [image, value] : by_image) {
    ++mean.n_images;
    if (std::isinf(value)) {
      ++mean.infinite;
    } else {
      sum += value;
    }
  }
  const auto finite = static_cast<double>(mean.n_images - mean.infinite);
  mean.value = finite > 0 ? sum / finite : std::numeric_limits<double>::infinity();
  return mean;
}

Number summary(const ScoreCell& cell) {
  Number number;
  std::vector<double> means;
  for (const auto& [seed, scores] : cell.seeds) {
    const auto mean = image_mean(scores.by_image);
    means.push_back(mean.value);
    number.infinite += mean.infinite;
    number.n_images = std::max(number.n_images, mean.n_images);
  }
  number.n_seeds = static_cast<std::int64_t>(means.size());
  double sum = 0;
  for (const double mean : means) sum += mean;
  number.value = sum / static_cast<double>(means.size());
  if (std::isfinite(number.value)) {
    number.spread = sample_deviation(means);
    number.interval = t_interval_95(means);
  }
  return number;
}

std::map<std::string, double> seed_mean_by_image(const ScoreCell& cell) {
  std::map<std::string, double> sums;
  std::map<std::string, std::size_t> counts;
  for (const auto& [seed, scores] : cell.seeds) {
    for (const auto& [image, value] : scores.by_image) {
      sums[image] += value;
      ++counts[image];
    }
  }
  std::map<std::string, double> means;
  for (const auto& [image, sum] : sums) {
    if (counts[image] != cell.seeds.size() || !std::isfinite(sum)) continue;
    means.emplace_hint(means.end(), image, sum / static_cast<double>(cell.seeds.size()));
  }
  return means;
}

std::string score_anchor(const ScoreKey& key, std::int64_t seed) {
  constexpr std::size_t kDigits = 12;
  // The separator cannot occur in any of them, so unlike keys give unlike texts.
  const std::string text = key.contestant + '\x1F' + key.task + '\x1F' + key.data_set + '\x1F' +
                           key.protocol + '\x1F' + std::to_string(seed);
  return "score-" + digest::sha256_hex(text).substr(0, kDigits);
}

}  // namespace bench::reports
