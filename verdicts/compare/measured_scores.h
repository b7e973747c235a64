#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "metrics/statistics/best_of_table.h"

namespace bench::verdicts {

/// Scores or a baseline file that a gate cannot judge by.
class GateError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Per-image scores of one method under one protocol, for one or more seeds.
struct MeasuredScores {
  std::string protocol = {};  ///< canonical text; only equal protocols are compared
  std::string unit = {};      ///< of scores and margin: "dB" for PSNR, "" for SSIM
  statistics::Direction direction = statistics::Direction::kHigherIsBetter;
  std::vector<std::string> images = {};          ///< names, each once
  std::vector<std::int64_t> seeds = {};          ///< each once
  std::vector<std::vector<double>> scores = {};  ///< scores[seed][image]

  friend bool operator==(const MeasuredScores&, const MeasuredScores&) = default;
};

/// What a seed stands for, and so what the noise of the comparison is.
enum class SeedRole {
  kIndependentTrainings,  ///< each seed is a training of its own; seeds of both sides unrelated
  kMatchedTrainings,      ///< seed s of both sides shares data order and initialization
  kEvaluationOnly,        ///< weights are fixed; seeds, if any, only draw the noise of the input
};

/// Where scores come from: enough to measure them again. All texts, none empty but `run`.
struct Provenance {
  std::string command = {};      ///< that regenerates the scores
  std::string code = {};         ///< e.g. a commit
  std::string data = {};         ///< identity of the test set, e.g. a digest
  std::string environment = {};  ///< machine and toolchain, as one comparable text
  std::string run = {};          ///< id in the database, if there is one
  std::string measured_at = {};  ///< ISO 8601, UTC

  friend bool operator==(const Provenance&, const Provenance&) = default;
};

/// Requires scores[seed][image] to be whole and finite and names to be unique. No images or no
/// seeds is allowed: that is "nothing measured", an outcome, not an error.
/// \param which  "baseline" or "candidate", for the message. \throws GateError
void require_whole(const std::string& which, const MeasuredScores& measured);

/// `candidate` with its images in the baseline's order.
/// \throws GateError if protocol, unit or direction differ, or the images are not the same set:
///         the message names both protocols, or the first image that one side lacks.
MeasuredScores aligned_to(const MeasuredScores& baseline, const MeasuredScores& candidate);

/// `first` with the seeds of a second measurement added: how a gate re-measures once. Adding, not
/// replacing, keeps the false alarm rate of one test: nothing is thrown away for being unlucky.
/// \throws GateError as `aligned_to`, or for a seed that both have.
MeasuredScores with_more_seeds(const MeasuredScores& first, const MeasuredScores& second);

}  // namespace bench::verdicts
