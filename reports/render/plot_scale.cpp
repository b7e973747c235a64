#include "reports/render/plot_scale.h"

#include <algorithm>
#include <cmath>

#include "reports/content/number_text.h"

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

double PlotScale::low() const {
  return is_log_ ? std::pow(10.0, low_) : low_;
}

double PlotScale::high() const {
  return is_log_ ? std::pow(10.0, high_) : high_;
}

std::vector<double> PlotScale::log_ticks() const {
  const bool is_narrow = high_ - low_ < 2.5;
  std::vector<double> ticks;
  for (double power = std::floor(low_); power <= high_; power += 1) {
    for (const double factor : {1.0, 2.0, 5.0}) {
      if (factor > 1 && !is_narrow) continue;
      const double tick = factor * std::pow(10.0, power);
      if (std::log10(tick) >= low_ && std::log10(tick) <= high_) ticks.push_back(tick);
    }
  }
  return ticks;
}

std::vector<double> PlotScale::ticks(int about) const {
  constexpr std::size_t kFewest = 3;
  std::vector<double> ticks;
  if (is_log_) ticks = log_ticks();
  if (ticks.size() >= kFewest) return ticks;
  ticks.clear();
  const double step = round_step((high() - low()) / about);
  for (double index = std::ceil(low() / step); index * step <= high(); index += 1) {
    ticks.push_back(index * step);
  }
  return ticks;
}

namespace {

int decimals_for(double step) {
  const double digits = step > 0 ? -std::floor(std::log10(step) + 1e-9) : 0;
  return static_cast<int>(std::clamp(digits, 0.0, 6.0));
}

std::vector<std::string> labels_of_their_own(const std::vector<double>& ticks) {
  std::vector<std::string> labels;
  for (const double tick : ticks) {
    const bool is_million = tick >= 1e6, is_thousand = tick >= 1e4;
    const double shown = tick / (is_million ? 1e6 : is_thousand ? 1e3 : 1.0);
    labels.push_back(rounded(shown, decimals_for(shown)) + (is_million    ? "M"
                                                            : is_thousand ? "k"
                                                                          : ""));
  }
  return labels;
}

}  // namespace

std::vector<std::string> tick_labels(const std::vector<double>& ticks) {
  if (!ticks.empty() && ticks.front() > 0 && ticks.back() >= 99 * ticks.front()) {
    return labels_of_their_own(ticks);
  }
  double step = 0;
  double largest = 0;
  for (std::size_t i = 0; i < ticks.size(); ++i) {
    largest = std::max(largest, std::fabs(ticks[i]));
    if (i > 0) step = step == 0 ? ticks[i] - ticks[i - 1] : std::min(step, ticks[i] - ticks[i - 1]);
  }
  const bool is_thousands = largest >= 10000;
  const double divisor = is_thousands ? 1000 : 1;
  const int decimals = decimals_for(step / divisor);
  std::vector<std::string> labels;
  for (const double tick : ticks) {
    labels.push_back(rounded(tick / divisor, decimals) + (is_thousands && tick != 0 ? "k" : ""));
  }
  return labels;
}

}  // namespace bench::reports
