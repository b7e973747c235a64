#include "reports/cost_value.h"

#include <algorithm>

namespace bench::reports {
namespace {

double middle_of(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

}  // namespace

std::vector<double> medians(const CostBySeed& by_seed) {
  std::vector<double> values;
  for (const auto& [seed, repetitions] : by_seed) values.push_back(middle_of(repetitions));
  return values;
}

}  // namespace bench::reports
