#include "metrics/complexity_record.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace bench::metrics {
namespace {

double quantile(const std::vector<double>& sorted, double fraction) {
  const double place = fraction * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const auto above = std::min(below + 1, sorted.size() - 1);
  return std::lerp(sorted[below], sorted[above], place - static_cast<double>(below));
}

}  // namespace

Spread spread_of(std::vector<double> values) {
  if (values.empty()) throw std::invalid_argument("spread: expected measurements, found none");
  for (const double value : values) {
    if (!std::isfinite(value)) {
      throw std::invalid_argument("spread: expected finite measurements, found " +
                                  std::to_string(value));
    }
  }
  std::sort(values.begin(), values.end());
  return {values.front(), quantile(values, 0.25), quantile(values, 0.5), quantile(values, 0.75),
          values.back()};
}

}  // namespace bench::metrics
