#include "metrics/statistics/sample.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

namespace bench::statistics {
namespace {

void require_finite(std::string_view method, std::string_view sample,
                    std::span<const double> values) {
  const auto bad = std::find_if(values.begin(), values.end(),
                                [](double value) { return !std::isfinite(value); });
  if (bad == values.end()) return;
  const auto index = static_cast<std::size_t>(bad - values.begin());
  throw StatisticsError(std::string(method) + ": expected finite values, but " +
                        std::string(sample) + "[" + std::to_string(index) + "] is " +
                        std::to_string(*bad) +
                        ". Leave failed or infinite measurements out, in both samples of a pair");
}

void require_count(std::string_view method, std::size_t found, std::size_t smallest_n) {
  if (found >= smallest_n) return;
  throw StatisticsError(std::string(method) + ": needs at least " + std::to_string(smallest_n) +
                        " values, got " + std::to_string(found));
}

}  // namespace

void require_sample(std::string_view method, std::span<const double> values,
                    std::size_t smallest_n) {
  require_finite(method, "values", values);
  require_count(method, values.size(), smallest_n);
}

void require_pairs(std::string_view method, std::span<const double> a, std::span<const double> b,
                   std::size_t smallest_n) {
  if (a.size() != b.size()) {
    throw StatisticsError(std::string(method) + ": pairs need two samples of one size, got " +
                          std::to_string(a.size()) + " and " + std::to_string(b.size()) +
                          ". Pair by image name first");
  }
  require_finite(method, "a", a);
  require_finite(method, "b", b);
  require_count(method, a.size(), smallest_n);
}

void require_level(std::string_view method, double level) {
  if (level > 0.0 && level < 1.0) return;
  throw StatisticsError(std::string(method) + ": a level lies strictly between 0 and 1, got " +
                        std::to_string(level));
}

double mean(std::span<const double> values) {
  require_sample("mean", values, 1);
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double median(std::span<const double> values) {
  require_sample("median", values, 1);
  std::vector<double> sorted(values.begin(), values.end());
  const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
  std::nth_element(sorted.begin(), middle, sorted.end());
  if (sorted.size() % 2 == 1) return *middle;
  return 0.5 * (*std::max_element(sorted.begin(), middle) + *middle);
}

std::optional<double> deviation(std::span<const double> values) {
  const double center = mean(values);
  if (values.size() < 2) return std::nullopt;
  double squares = 0.0;
  for (const double value : values) squares += (value - center) * (value - center);
  return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

std::vector<double> paired_differences(std::span<const double> a, std::span<const double> b,
                                       double resolution) {
  require_pairs("paired_differences", a, b, 0);
  std::vector<double> differences(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    differences[i] = std::round((a[i] - b[i]) / resolution) * resolution;
  }
  return differences;
}

}  // namespace bench::statistics
