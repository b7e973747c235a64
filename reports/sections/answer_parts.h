#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reports/content/document.h"
#include "reports/sections/asked.h"

namespace bench::reports {

/// One comparison in words, with its numbers.
Answer answer_of(const Study& study, const Asked& asked, int tests);

/// "PSNR", "0.52 dB": how a score of the protocol is written, without its sign.
std::string amount_text(double value, const std::string& protocol);

/// "p = 0.017", "p < 0.0001".
std::string p_text(double p);

/// Significant, corrected for all tests of the study.
bool is_shown(const Asked& asked);

/// The one figure that shows the answers: differences with intervals where contestants are compared
/// by score, else contestants by score and cost, else distances of architectures. Absent where
/// nothing was measured.
std::optional<Figure> answer_figure(const Study& study, const std::vector<Asked>& all);

}  // namespace bench::reports
