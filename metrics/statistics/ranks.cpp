#include "metrics/statistics/ranks.h"

#include <algorithm>
#include <numeric>

namespace bench::statistics {

DoubledRanks doubled_ranks(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t left, std::size_t right) { return values[left] < values[right]; });
  DoubledRanks ranks{.doubled = std::vector<int>(values.size())};
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin + 1;
    while (end < order.size() && values[order[end]] == values[order[begin]]) ++end;
    // Ranks begin + 1 .. end have the mean (begin + 1 + end) / 2.
    for (std::size_t i = begin; i < end; ++i) {
      ranks.doubled[order[i]] = static_cast<int>(begin + 1 + end);
    }
    const auto tied = static_cast<double>(end - begin);
    ranks.tie_term += tied * tied * tied - tied;
    begin = end;
  }
  return ranks;
}

}  // namespace bench::statistics
