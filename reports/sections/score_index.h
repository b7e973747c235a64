#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "reports/content/study.h"
#include "reports/content/table.h"

namespace bench::reports {

/// Scores of one contestant on one task and data set under one protocol.
struct ScoreCell {
  struct Seed {
    std::string stage_key;
    std::map<std::string, double> by_image;
  };
  std::map<std::int64_t, Seed> seeds;
};

struct ScoreKey {
  std::string contestant;
  std::string task;
  std::string data_set;
  std::string protocol;  ///< one of Study::protocols, whatever the noise of the task

  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 mistakes the compiler's own zero for one.
  friend auto operator<=>(const ScoreKey&, const ScoreKey&) = default;
};

/// The scores of a study by cell. Built once for a report.
class ScoreIndex {
 public:
  explicit ScoreIndex(const Study& study);

  /// nullptr if nothing was measured there.
  const ScoreCell* find(const ScoreKey& key) const;

  /// Data sets on which a task was scored, in the order of first appearance.
  const std::vector<std::string>& data_sets(const std::string& task) const;

 private:
  std::map<ScoreKey, ScoreCell> cells_;
  std::map<std::string, std::vector<std::string>> data_sets_;
};

/// Mean over images of one seed: infinite values are left out and counted, unless all are.
struct ImageMean {
  double value = 0;
  std::int64_t n_images = 0;
  std::int64_t infinite = 0;
};
ImageMean image_mean(const std::map<std::string, double>& by_image);

/// The cell as a number: mean over seeds of the image means, with spread and interval over seeds.
Number summary(const ScoreCell& cell);

/// Mean over seeds for each image that every seed has; images with an infinite value are
/// absent.
std::map<std::string, double> seed_mean_by_image(const ScoreCell& cell);

/// Id of the row that lists the cell's seeds in the provenance, the same for the same key.
std::string score_anchor(const ScoreKey& key, std::int64_t seed);

}  // namespace bench::reports
