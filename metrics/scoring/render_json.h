#pragma once

#include <string>

#include "metrics/scoring/score_sheet.h"

namespace bench::scoring {

/// The sheet for programs; docs/score.md describes it. Numbers have all digits, infinity is the
/// string "inf", each score is keyed by its protocol's canonical text. Ends with a line break.
std::string json_text(const ScoreSheet& sheet);

}  // namespace bench::scoring
