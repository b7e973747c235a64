#pragma once

#include <optional>
#include <string>

#include "reports/content/table.h"
#include "reports/sections/comparison.h"

/// How much better one contestant is than another, as a sentence needs it.
namespace bench::reports {

struct MethodDifference {
  double effect = 0;                          ///< > 0: the first is better, whatever the metric
  std::optional<Interval> interval{};         ///< 95 %
  std::optional<double> p{};                  ///< two-sided; absent where there is no test
  std::string refusal{};                      ///< why not
  std::string sample{};                       ///< "3 seeds × 12 images"
  std::optional<double> detectable_now{};     ///< what these seeds find in most repetitions
  std::optional<std::size_t> seeds_needed{};  ///< to find `effect` in most repetitions
};

/// \pre both have scores of the same images
MethodDifference method_difference(const ContestantScores& a, const ContestantScores& b,
                                   bool higher_is_better, const std::string& inference);

/// Two one-sided tests at 5 %.
struct MethodEquivalence {
  bool is_equal = false;    ///< the interval lies within the margin
  bool is_unequal = false;  ///< it lies beyond it
  Interval interval{};      ///< 90 %
  double p = 1;
};

/// Absent where `method_difference` refuses.
std::optional<MethodEquivalence> method_equivalence(const ContestantScores& a,
                                                    const ContestantScores& b, double margin,
                                                    bool higher_is_better,
                                                    const std::string& inference);

}  // namespace bench::reports
