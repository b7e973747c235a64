#pragma once

#include <optional>
#include <string>
#include <vector>

#include "metrics/statistics/crossed_comparison.h"
#include "metrics/statistics/paired_comparison.h"
#include "verdicts/compare/choose_scores.h"
#include "verdicts/compare/json_difference.h"

namespace bench::verdicts {

/// What `bench compare` was asked.
struct CompareRequest {
  std::string first = {};  ///< RUN, RUN:CONTESTANT, or a contestant of the latest run
  std::string second = {};
  std::string contestant = {};            ///< of a side that names only a run
  std::string task = {};                  ///< empty: all tasks that both have
  std::vector<std::string> metrics = {};  ///< empty: the first side's leading protocol
  std::string margin = {};                ///< of the equivalence test, e.g. "0.05dB"
};

/// Both sides on one task under one protocol. Differences are first - second.
struct ScoreComparison {
  std::string contestant = {};  ///< where several are compared, "" else
  std::string task = {};
  std::string protocol = {};
  std::string unit = {};
  double first_mean = 0.0;
  double second_mean = 0.0;
  std::size_t first_seeds = 0;
  std::size_t second_seeds = 0;
  bool is_trained = false;  ///< on either side; else seeds, if any, only draw the noise
  statistics::PairedComparison networks = {};  ///< these networks, paired over images
  statistics::CrossedComparison methods = {};  ///< over seeds and images: what decides
  statistics::ProbabilityBetter share = {};    ///< of trainings and images where the first is above
  /// Of the methods; empty: no margin, or the comparison was refused.
  std::optional<statistics::EquivalenceTest> equivalence = {};
  double margin = 0.0;                ///< 0: none
  std::optional<double> holm_p = {};  ///< of the methods, where several rows are a family
};

struct RunComparison {
  std::string first = {};  ///< "RUN:CONTESTANT", or a branch with its commit and run
  std::string second = {};
  std::vector<ScoreComparison> scores = {};
  std::vector<JsonDifference> settings = {};  ///< experiment, code, data, environment, stages
  std::vector<std::string> missing = {};      ///< evaluations without scores
  std::vector<std::string> notes = {};        ///< what was left out, and why
};

/// Pairs the scores of both sides over images and, where they have seeds in common, over these
/// (within a seed both see the same patches and noise), and lists what else differs between them.
/// \throws BadInput for unlike protocols (naming both), unlike test data, or nothing in common.
RunComparison compare_runs(const db::RunReader& reader, const CompareRequest& request);

/// What a row comes to: the sign of first - second where the methods differ significantly (at 5 %,
/// of all rows if they are a family), else 0. One training of a trained contestant decides nothing.
int direction_of(const ScoreComparison& row);

/// For people, and as JSON (format "bench-comparison", version 1).
std::string comparison_text(const RunComparison& comparison);
std::string comparison_json(const RunComparison& comparison);

}  // namespace bench::verdicts
