#pragma once

#include <string>
#include <vector>

#include "reports/content/study.h"
#include "reports/content/table.h"

namespace bench::reports {

/// What of a study goes into a table of a paper. Empty lists mean everything.
struct PaperSelection {
  std::string metric;                    ///< "psnr", "ssim", or a protocol; "": the leading one
  std::vector<std::string> contestants;  ///< rows: ids, in this order
  std::vector<std::string> tasks;        ///< columns: ids, in this order
};

/// Contestants by tasks, with a caption of one sentence. Marks compare the chosen rows alone.
/// \throws std::invalid_argument naming what the study does not have, and what it has
Table paper_scores(Study study, const PaperSelection& selection);

}  // namespace bench::reports
