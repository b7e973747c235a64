#pragma once

#include <string>

#include "metrics/scoring/score_sheet.h"

namespace bench::scoring {

/// RFC 4180 with a head: name, reference, restored, height, width, channels, one column per
/// protocol with its canonical text as head, and `fault`. Numbers have all digits, infinity is
/// `inf`. One row an image; a skipped one has no scores and says why under `fault`. No mean: a
/// row of another kind would be read as an image.
std::string csv_text(const ScoreSheet& sheet);

}  // namespace bench::scoring
