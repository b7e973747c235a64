#include "reports/render/heat_range.h"

#include <algorithm>

namespace bench::reports {

HeatRange::HeatRange(const HeatMap& map) {
  bool is_first = true;
  for (const auto& row : map.values) {
    for (const auto& value : row) {
      if (!value) continue;
      low_ = is_first ? *value : std::min(low_, *value);
      high_ = is_first ? *value : std::max(high_, *value);
      is_first = false;
    }
  }
}

double HeatRange::share(double value) const {
  return high_ > low_ ? (value - low_) / (high_ - low_) : 1.0;
}

}  // namespace bench::reports
