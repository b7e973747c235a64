#pragma once

#include <cstddef>
#include <string>

#include "metrics/scoring/score_sheet.h"

namespace bench::scoring {

/// RFC 4180 with a head: name, reference, restored, height, width, channels, one column per
/// protocol with its canonical text as head, and `fault`. Numbers have all digits, infinity is
/// `inf`. One row an image; a skipped one has no scores and says why under `fault`. No mean: a
/// row of another kind would be read as an image.
std::string csv_text(const ScoreSheet& sheet);

/// The sheet for programs; docs/score.md describes it. Numbers have all digits, infinity is the
/// string "inf", each score is keyed by its protocol's canonical text. Ends with a line break.
std::string json_text(const ScoreSheet& sheet);

struct TableOptions {
  std::size_t width = 0;    ///< columns of the terminal; wider tables become several; 0: no limit
  bool with_images = true;  ///< a row an image, above mean and interval
  bool with_style = false;  ///< bold and dim, as terminals understand them
};

/// For people: scores with 4 (PSNR, MAE) or 6 decimals, mean, 95 % interval, n; then what each
/// column is, what was skipped and what must be known. Ends with a line break.
std::string table_text(const ScoreSheet& sheet, const TableOptions& options = {});

}  // namespace bench::scoring
