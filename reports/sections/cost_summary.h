#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "reports/content/table.h"

namespace bench::reports {

/// One quantity of a contestant on a task: for each seed all repetitions of its measurement.
struct CostCell {
  std::map<std::int64_t, std::vector<double>> by_seed{};
  std::string stage_key{};  ///< of the first seed
};

/// Mean over seeds of the median over repetitions, with the deviation over seeds unless all are
/// equal. Of one seed: with the interval of the median over repetitions, if there are six. Every
/// table and figure of costs says this number. \pre a seed with a repetition
Number cost_number(const CostCell& cell);

}  // namespace bench::reports
