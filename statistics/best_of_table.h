#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "statistics/sample.h"

namespace bench::statistics {

/// The scores of one method in one column of a table.
struct MethodScores {
  std::string name = {};
  std::vector<double> per_image = {};  ///< images in one order for all methods; means over seeds
};

enum class Direction { kHigherIsBetter, kLowerIsBetter };

/// How one method stands against the best of its column.
struct AgainstBest {
  std::string name = {};
  double mean = 0.0;
  double difference = 0.0;                  ///< this mean - best mean; 0 for the best itself
  std::optional<Interval> t_interval = {};  ///< of the difference; empty for the best, or one image
  double p = 1.0;                           ///< Wilcoxon signed-rank against the best
  double p_holm = 1.0;                      ///< the same, corrected over all pairs of methods
  bool distinguishable = false;             ///< p_holm <= level: worse than the best beyond doubt
};

struct BestOfTable {
  std::size_t best = 0;                    ///< index of the best mean (the first of equals)
  std::optional<std::size_t> second = {};  ///< index of the next mean; empty for one method
  bool best_is_supported = false;          ///< every other method is distinguishable from it: bold
  bool second_is_supported = false;        ///< so is every other from the second: underline
  std::vector<AgainstBest> methods = {};   ///< in the order given
  std::vector<std::string> warnings = {};  ///< e.g. that n cannot reach the level
};

/// Which method is best, and whether the test can tell: "no bold where it cannot".
///
/// Pairs are over images. Holm's family is all pairs of methods, not only those with the best:
/// which one is the best was read off the same scores, and choosing it after the fact would make
/// differences to it look surer than they are.
/// \throws StatisticsError for no method, unlike image counts, or a non-finite score (naming the
///         method and the index).
BestOfTable compare_against_best(std::span<const MethodScores> methods, Direction direction,
                                 double level = 0.05);

}  // namespace bench::statistics
