#include "metrics/statistics/holm.h"

#include <algorithm>
#include <numeric>
#include <string>

#include "metrics/statistics/sample.h"

namespace bench::statistics {

std::vector<double> holm_adjusted(std::span<const double> p_values) {
  for (std::size_t i = 0; i < p_values.size(); ++i) {
    if (p_values[i] >= 0.0 && p_values[i] <= 1.0) continue;
    throw StatisticsError("holm_adjusted: p values lie in [0, 1], but p[" + std::to_string(i) +
                          "] is " + std::to_string(p_values[i]));
  }
  std::vector<std::size_t> order(p_values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t left, std::size_t right) { return p_values[left] < p_values[right]; });
  std::vector<double> adjusted(p_values.size());
  double largest = 0.0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const auto remaining = static_cast<double>(order.size() - i);
    largest = std::max(largest, std::min(1.0, remaining * p_values[order[i]]));
    adjusted[order[i]] = largest;
  }
  return adjusted;
}

}  // namespace bench::statistics
