#pragma once

#include <string>
#include <vector>

#include "db/run_reader.h"
#include "verdicts/compare/measured_scores.h"

namespace bench::verdicts {

/// How `Provenance::environment` begins; the processor's name ends at the first ';'.
inline const std::string kProcessorOpening = "processor ";

/// Which scores of a run are meant. What is left empty must be the only one there is, except the
/// protocol: the run's leading one.
struct ScoreChoice {
  std::string contestant = {};
  std::string task = {};
  std::string protocol = {};  ///< a protocol's text, or a metric's name: the first of that metric
};

/// The scores of one contestant on one task under one protocol, as a run recorded them.
struct ChosenScores {
  db::RunRecord run = {};
  std::string contestant = {};
  std::string task = {};
  MeasuredScores measured = {};  ///< images are "DATA SET/IMAGE"
  /// Independent trainings, or evaluation only where no training here made the model.
  SeedRole natural_role = SeedRole::kIndependentTrainings;
  Provenance provenance = {};
  std::vector<std::string> stage_keys = {};  ///< of the evaluations, in the plan's order
  std::vector<std::string> missing = {};     ///< evaluations without scores, each with its reason
};

/// Whether what was evaluated was trained here. Given weights are settings and no input: their
/// seeds, if any, only draw the test noise.
bool is_of_trained_model(const db::StageRecord& evaluation);

/// Reads them. A contestant whose evaluations all failed gives no images and no seeds, and
/// `missing` says why: that is an outcome, not an error.
/// \param run  a run id, the beginning of one, or "latest". \throws db::UnknownRun
/// \throws BadInput for a contestant, task or protocol that the run does not have, or that is not
///         named although the run has several: the message lists them.
ChosenScores choose_scores(const db::RunReader& reader, const std::string& run,
                           const ScoreChoice& choice);

/// "dB" for PSNR, "gray levels" for MAE, "" for the SSIM family.
/// \throws metrics::InvalidProtocol
std::string unit_of_protocol(const std::string& protocol);

/// "0.05dB", "0.05 dB" or "0.05" as a number in `unit`; empty: 0.05 where the unit is dB.
/// \throws BadInput for another unit, no positive number, or none where there is no default.
double margin_in_unit(const std::string& text, const std::string& unit);

}  // namespace bench::verdicts
