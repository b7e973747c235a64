#pragma once

#include <cstddef>
#include <string>

#include "metrics/scoring/score_sheet.h"

namespace bench::scoring {

struct TableOptions {
  std::size_t width = 0;    ///< columns of the terminal; wider tables become several; 0: no limit
  bool with_images = true;  ///< a row an image, above mean and interval
  bool with_style = false;  ///< bold and dim, as terminals understand them
};

/// For people: scores with 4 (PSNR, MAE) or 6 decimals, mean, 95 % interval, n; then what each
/// column is, what was skipped and what must be known. Ends with a line break.
std::string table_text(const ScoreSheet& sheet, const TableOptions& options = {});

}  // namespace bench::scoring
