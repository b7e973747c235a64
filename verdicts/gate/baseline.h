#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "verdicts/compare/measured_scores.h"
#include "verdicts/gate/decision.h"

namespace bench::verdicts {

/// The reason of an anchor that no person gave one for.
inline constexpr const char* kFirstAnchorReason =
    "what was first written to this file, with nothing to hold it against";

/// Scores that a person accepted, for a reason, or the first of their file; see
/// verdicts/gate/drift.h.
struct Anchor {
  std::vector<std::int64_t> seeds = {};
  std::vector<std::vector<double>> scores = {};  ///< [seed][image], images as the baseline's
  std::string reason = {};
  Provenance provenance = {};

  friend bool operator==(const Anchor&, const Anchor&) = default;
};

/// Whose scores they are: one contestant on one task of one experiment.
struct Subject {
  std::string contestant = {};
  std::string task = {};
  std::string experiment = {};

  friend bool operator==(const Subject&, const Subject&) = default;
};

/// A small committed file that candidates are held against.
struct Baseline {
  Subject subject = {};  ///< empty in a file of version 1, which does not say
  MeasuredScores measured = {};
  SeedRole seed_role = SeedRole::kIndependentTrainings;
  Provenance provenance = {};
  std::optional<Anchor> anchor = {};  ///< empty: these scores are their own anchor

  friend bool operator==(const Baseline&, const Baseline&) = default;
};

/// The baseline as JSON (format "bench-gate-baseline", version 2), one row of scores a line.
/// Numbers keep all digits: `parse_baseline(to_json_text(b)) == b`.
std::string to_json_text(const Baseline& baseline);

/// Inverse of `to_json_text`, strict; version 1, which has no subject, is read too. Unknown,
/// missing or repeated keys, a newer version, ragged or non-finite scores and names given twice are
/// refused. \param source  file name for messages. \throws GateError naming the source and the
/// place in it (JSON pointer, or line and column).
Baseline parse_baseline(std::string_view text, const std::string& source);

/// "independent-trainings", "matched-trainings", "evaluation-only".
std::string to_string(SeedRole role);

}  // namespace bench::verdicts
