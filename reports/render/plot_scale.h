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
  double low() const;   ///< the value at 0
  double high() const;  ///< the value at 1
  /// Round values; of a logarithmic axis 1, 2, 5 times powers of ten, or powers alone where they
  /// are many. An axis of less than a decade that holds few of these has ticks as a linear one.
  std::vector<double> ticks(int about) const;

 private:
  std::vector<double> log_ticks() const;

  bool is_log_;
  double low_ = 0;  ///< as logarithm, if it is one
  double high_ = 1;
};

/// Tick labels with the digits that tell neighboring ticks apart; thousands as "12k". Ticks that
/// span two powers of ten have each its own digits.
std::vector<std::string> tick_labels(const std::vector<double>& ticks);

}  // namespace bench::reports
