#pragma once

#include <string>
#include <vector>

#include "reports/content/document.h"

namespace bench::reports {

/// results.json: answers, facts, caveats, every table cell by cell, every figure with its data.
/// Numbers read back as the same doubles; infinite ones are the strings "inf" and "-inf".
std::string to_json(const Document& document);

/// [{kind, finding, sentence, effect, interval, p, ...}], on one line.
std::string answers_json(const std::vector<Answer>& answers);

/// {id: content} of all figures that the interactive charts draw, for the page: six digits, and of
/// curves at equal steps the steps once. What stands on the page beside a figure is left out.
std::string chart_data_json(const Document& document);

/// {id: text}, for the page.
std::string text_map_json(const std::vector<std::pair<std::string, std::string>>& texts);

}  // namespace bench::reports
