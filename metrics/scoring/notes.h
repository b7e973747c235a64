#pragma once

#include <span>
#include <string>
#include <vector>

#include "metrics/scoring/columns.h"
#include "metrics/scoring/score_pairs.h"

namespace bench::scoring {

/// What somebody who reads the scores must know and cannot see in them: what of a protocol files
/// cannot show, which images were not plain 8-bit PNG, which are identical to their reference.
std::vector<std::string> notes_on(std::span<const Column> columns,
                                  std::span<const PairScores> pairs);

}  // namespace bench::scoring
