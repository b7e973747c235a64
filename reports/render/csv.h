#pragma once

#include <string>

#include "reports/content/study.h"
#include "reports/content/table.h"

namespace bench::reports {

/// One table with all digits (RFC 4180, one header line). A number column becomes as many fields
/// as it needs: value, and "spread", "low", "high", "images", "seeds", "infinite" where any cell
/// has them. A missing cell has its state in the value's place. The last field holds the
/// footnotes of the row, each after its column.
std::string to_csv(const Table& table);

/// Every score of the study, one line an image: scores.csv. Infinite values are "inf".
std::string scores_csv(const Study& study);

}  // namespace bench::reports
