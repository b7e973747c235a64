#include "rival_rules.h"

#include "metrics/statistics/mann_whitney.h"
#include "metrics/statistics/sample.h"

namespace bench::verdicts {

bool asv_alarms(std::span<const double> baseline, std::span<const double> candidate,
                double baseline_figure, double candidate_figure, double factor) {
  constexpr double kLevel = 0.002;
  if (!(candidate_figure > factor * baseline_figure)) return false;
  const auto test = statistics::mann_whitney_test(baseline, candidate,
                                                  {.method = statistics::MannWhitneyMethod::kAuto});
  // Its p of reach is one-sided, and strict.
  if (!(test.smallest_p / 2.0 < kLevel)) return false;
  return test.p < kLevel;
}

bool google_benchmark_alarms(std::span<const double> baseline, std::span<const double> candidate) {
  const auto test = statistics::mann_whitney_test(baseline, candidate);
  return test.p < 0.05 && statistics::mean(candidate) > statistics::mean(baseline);
}

bool z_score_alarms(std::span<const double> history, std::span<const double> candidate,
                    double limit) {
  const auto spread = statistics::deviation(history);
  if (!spread) return false;
  return statistics::mean(candidate) - statistics::mean(history) > limit * *spread;
}

}  // namespace bench::verdicts
