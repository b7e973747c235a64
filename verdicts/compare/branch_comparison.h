#pragma once

#include <string>

#include "runner/host/git_history.h"
#include "verdicts/compare/comparison.h"

namespace bench::verdicts {

/// What `bench compare --branches` was asked beyond the two names.
struct BranchRequest {
  runner::OwnCommits first = {};
  runner::OwnCommits second = {};
  std::string experiment = {};  ///< its name; empty: the newest that was run on both sides
  CompareRequest scores = {};   ///< contestant, task, metrics and margin; its sides are not used
};

/// Compares the newest runs of one experiment and profile that were made at the two sides' commits,
/// the commit nearest to each name first: every contestant that both have, p values Holm-corrected
/// over all rows. Runs made with uncommitted changes are taken where there is no other, with a
/// note. \throws BadInput if a side has no run, the sides share none of one experiment and profile,
/// both
///         names are one commit; and as `compare_runs`.
RunComparison compare_branches(const db::RunReader& reader, const BranchRequest& request);

}  // namespace bench::verdicts
