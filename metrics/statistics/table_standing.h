#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "metrics/statistics/best_of_table.h"
#include "metrics/statistics/crossed_comparison.h"

namespace bench::statistics {

/// One row of one column of a table, with every seed's scores.
struct MethodRow {
  std::string name = {};
  std::vector<std::int64_t> seeds = {};           ///< one for each row of `by_seed`
  std::vector<std::vector<double>> by_seed = {};  ///< [seed][image], images in one order for all
  bool is_trained = true;                         ///< else a single seed has no chance in it
};

/// How one row stands against the row with the best mean.
struct RowStanding {
  std::string name = {};
  double mean = 0.0;
  double difference = 0.0;                ///< this mean - best mean; 0 for the best itself
  std::optional<Interval> interval = {};  ///< of the difference, not corrected; empty for the best
  double p = 1.0;                         ///< against the best, corrected for all pairs of rows
  bool is_worse = false;                  ///< significantly; else it may be as good as the best
};

struct TableStanding {
  std::size_t best = 0;                    ///< index of the best mean (the first of equals)
  std::optional<std::size_t> second = {};  ///< index of the next mean; empty for one row
  bool best_is_supported = false;          ///< significantly better than every other row: bold
  bool second_is_supported = false;        ///< and the second than every one below: underlined
  std::vector<RowStanding> rows = {};      ///< in the order given
  std::vector<std::string> warnings = {};  ///< what cannot be told, e.g. for want of seeds
};

/// What the rows of a column show about one another.
///
/// Methods (the first two inferences) are compared pair by pair with `crossed_comparison`; rows of
/// equal seeds are matched. Two families, two rules:
/// - "Worse than the best" is said of rows that the data chose, so it is corrected for all pairs of
///   rows, by Holm's steps (why all pairs: best_of_table.h).
/// - "Better than every other" is one claim, wrong only if some other row is as good. All its tests
///   must reject, so each may use the whole level: an intersection-union test (Berger 1982,
///   Technometrics 24). So it is for "better than every one below". Where the best is supported no
///   row can be as good, and all the others are worse.
/// That both together call equal methods different in at most 5 % of tables, whatever the number of
/// rows and seeds, is shown by simulation: docs/results/crossed_simulation.md.
///
/// Networks as they are (kTheseNetworks) are compared as in `compare_against_best`.
/// \throws StatisticsError for no row, unlike images, or a non-finite score, naming the row.
TableStanding standing_in_table(std::span<const MethodRow> rows, Direction direction,
                                Inference inference = Inference::kMethods, double level = 0.05);

/// Rows of one table as one comparison, `a` - `b`: matched where they have the same seeds.
CrossedComparison compare_rows(const MethodRow& a, const MethodRow& b,
                               Inference inference = Inference::kMethods, double level = 0.05);

}  // namespace bench::statistics
