#include "reports/render/plot_scale.h"

#include <algorithm>
#include <cmath>

#include "reports/number_text.h"

namespace bench::reports {

double round_step(double width) {
  if (!(width > 0) || !std::isfinite(width)) return 1;
  const double power = std::pow(10.0, std::floor(std::log10(width)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= width * (1 - 1e-9)) return factor * power;
  }
  return 10 * power;
}

PlotScale::PlotScale(const std::vector<double>& values, bool is_log) : is_log_(is_log) {
  bool is_first = true;
  for (const double value : values) {
    if (!std::isfinite(value) || (is_log && value <= 0)) continue;
    const double shown = is_log ? std::log10(value) : value;
    low_ = is_first ? shown : std::min(low_, shown);
    high_ = is_first ? shown : std::max(high_, shown);
    is_first = false;
  }
  if (!(high_ > low_)) {
    high_ = low_ + 0.5;
    low_ -= 0.5;
  }
  const double margin = 0.04 * (high_ - low_);
  low_ -= margin;
  high_ += margin;
}

double PlotScale::position(double value) const {
  return ((is_log_ ? std::log10(value) : value) - low_) / (high_ - low_);
}

std::vector<double> PlotScale::ticks(int about) const {
  std::vector<double> ticks;
  if (is_log_) {
    const bool is_narrow = high_ - low_ < 2.5;
    for (double power = std::floor(low_); power <= high_; power += 1) {
      for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor > 1 && !is_narrow) continue;
        const double tick = factor * std::pow(10.0, power);
        if (std::log10(tick) >= low_ && std::log10(tick) <= high_) ticks.push_back(tick);
      }
    }
    return ticks;
  }
  const double step = round_step((high_ - low_) / about);
  for (double index = std::ceil(low_ / step); index * step <= high_; index += 1) {
    ticks.push_back(index * step);
  }
  return ticks;
}

std::vector<std::string> tick_labels(const std::vector<double>& ticks) {
  double step = 0;
  double largest = 0;
  for (std::size_t i = 0; i < ticks.size(); ++i) {
    largest = std::max(largest, std::fabs(ticks[i]));
    if (i > 0) step = step == 0 ? ticks[i] - ticks[i - 1] : std::min(step, ticks[i] - ticks[i - 1]);
  }
  const bool is_thousands = largest >= 10000;
  const double divisor = is_thousands ? 1000 : 1;
  const double digits = step > 0 ? -std::floor(std::log10(step / divisor) + 1e-9) : 0;
  const int decimals = static_cast<int>(std::clamp(digits, 0.0, 6.0));
  std::vector<std::string> labels;
  for (const double tick : ticks) {
    labels.push_back(rounded(tick / divisor, decimals) + (is_thousands && tick != 0 ? "k" : ""));
  }
  return labels;
}

}  // namespace bench::reports
