#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "metrics/scoring/columns.h"
#include "metrics/scoring/faults.h"
#include "metrics/scoring/pairing.h"
#include "metrics/scoring/score_pairs.h"
#include "metrics/scoring/summary.h"

namespace bench::scoring {

struct ScoreRequest {
  std::filesystem::path reference = {};  ///< a folder, or a file
  std::filesystem::path restored = {};   ///< the same kind
  std::vector<std::string> protocols = {};
  PairingOptions pairing = {};
  datasets::ReadOptions read = {};
  bool skip_bad = false;  ///< count and list what cannot be scored, instead of refusing all
  unsigned threads = 0;   ///< 0: one per processor
  std::function<void(std::size_t done, std::size_t all)> progressed = {};  ///< may be empty
};

/// All that was found out: what every output shows in its own way.
struct ScoreSheet {
  std::filesystem::path reference = {};
  std::filesystem::path restored = {};
  std::vector<Column> columns = {};
  std::vector<PairScores> pairs = {};         ///< scored, in order of their names
  std::vector<ColumnSummary> summaries = {};  ///< one per column; empty where nothing was scored
  std::vector<Fault> skipped = {};            ///< under skip_bad only
  std::vector<std::string> left_out = {};
  std::vector<std::string> notes = {};  ///< what a reader of the numbers must know
};

/// Pairs, reads, scores and sums up. Two files are a pair whatever their names.
/// \throws ScoringError, unless skip_bad, listing every image that cannot be scored: nothing is
/// returned in part. Also for a path that is not there, a folder against a file, and no images.
/// \throws metrics::InvalidProtocol before any image is read.
ScoreSheet make_score_sheet(const ScoreRequest& request);

}  // namespace bench::scoring
