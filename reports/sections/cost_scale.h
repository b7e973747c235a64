#pragma once

#include <string>
#include <string_view>

namespace bench::reports {

/// How people read a cost: 1 234 567 parameters are "1.23" under "Parameters, million".
struct CostScale {
  std::string label;        ///< "Parameters"
  std::string people_unit;  ///< "million"
  double divisor;           ///< stored value / divisor = what people read
  int decimals;
};

/// \param largest  of all values shown together, so that one column has one unit
CostScale cost_scale(std::string_view quantity, std::string_view unit, double largest);

/// Whether scores are drawn against this quantity.
bool is_drawn_against_score(std::string_view quantity);

}  // namespace bench::reports
