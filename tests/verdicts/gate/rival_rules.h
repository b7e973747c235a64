#pragma once

#include <span>

namespace bench::verdicts {

/// Rules of other tools, as they decide "worse" from two unpaired samples. Written from their
/// documented behavior; lower is better throughout (turn PSNR's sign).

/// asv 0.6: worse by more than `factor` and the samples differ: Mann-Whitney p < 0.002, or, where
/// so few values cannot reach it, disjoint 99 % intervals (unbounded below 7 values, so: never).
/// \param factor  1.1 by default there; 1 leaves the test alone.
bool asv_alarms(std::span<const double> baseline, std::span<const double> candidate,
                double baseline_figure, double candidate_figure, double factor);

/// Google Benchmark's compare.py: two-sided Mann-Whitney U, alpha 0.05, and the mean is worse.
bool google_benchmark_alarms(std::span<const double> baseline, std::span<const double> candidate);

/// z-score of the candidate's mean against the history of the baseline's values: z > `limit`.
bool z_score_alarms(std::span<const double> history, std::span<const double> candidate,
                    double limit = 5.0);

}  // namespace bench::verdicts
