#pragma once

#include "reports/content/figure.h"

namespace bench::reports {

/// From the smallest to the largest value of a map; all dark if they are all the same.
class HeatRange {
 public:
  explicit HeatRange(const HeatMap& map);

  /// 0 for the smallest value, 1 for the largest.
  double share(double value) const;

 private:
  double low_ = 0;
  double high_ = 0;
};

}  // namespace bench::reports
