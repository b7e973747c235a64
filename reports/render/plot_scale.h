#pragma once

#include <string>
#include <vector>

namespace bench::reports {

/// The nearest of 1, 2, 5 times a power of ten that is not below `width`; 1 for what is not > 0.
double round_step(double width);

/// From values to [0, 1] along an axis, with its ticks.
class PlotScale {
 public:
  /// \param values  what must be on it; widened by 4 % on both sides. With no value, or one, it
  ///                spans one unit.
  PlotScale(const std::vector<double>& values, bool is_log);

  double position(double value) const;
  std::vector<double> ticks(int about) const;

 private:
  bool is_log_;
  double low_ = 0;  ///< as logarithm, if it is one
  double high_ = 1;
};

/// Tick labels with the digits that tell neighbouring ticks apart; thousands as "12k".
std::vector<std::string> tick_labels(const std::vector<double>& ticks);

}  // namespace bench::reports
