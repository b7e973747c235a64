#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "metrics/statistics/sample.h"

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
  double p = 1.0;                           ///< against the best, corrected over all pairs
  bool distinguishable = false;             ///< p <= level: worse than the best beyond doubt
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
/// Pairs are over images; the test is `joint_sign_flip_test`, whose family is all pairs of methods.
///
/// Why not the k - 1 comparisons with the best? Hsu (1981, Annals of Statistics 9; 1984, Annals of
/// Statistics 12) shows that these suffice for "is not the best": the truly best method is refused
/// only if one of its own k - 1 tests errs. (By Bonferroni, that is. Holm's steps are not carried
/// by this argument: there the best's own test may be a later, laxer step of another's family.) But
/// a reader of a table takes a missing "not significantly different" as "worse than the one in
/// bold", and among equal methods that is an error whomever it meets: the best and the worst of k
/// means were both chosen from the data, as the most extreme of all k (k - 1) / 2 pairs. Simulated,
/// 20 equal methods on 68 images: at least one is called worse in 20 % of the tables by Wilcoxon's
/// test with Bonferroni over k - 1, and in 5 % by this one
/// (tests/metrics/statistics/best_of_table_test.cpp).
///
/// \throws StatisticsError for no method, unlike image counts, or a non-finite score (naming the
///         method and the index).
BestOfTable compare_against_best(std::span<const MethodScores> methods, Direction direction,
                                 double level = 0.05);

}  // namespace bench::statistics
