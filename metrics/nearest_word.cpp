#include "metrics/nearest_word.h"

#include <algorithm>
#include <cstddef>
#include <vector>
#include "metrics/quoted.h"

namespace bench::metrics {
namespace {

/// Optimal string alignment distance.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        cost[i][j] = i + j;
        continue;
      }
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1,
                             cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
      }
    }
  }
  return cost[a.size()][b.size()];
}

}  // namespace

std::string suggestion(std::string_view wrong, std::span<const std::string_view> candidates) {
  std::string_view nearest;
  std::size_t smallest = static_cast<std::size_t>(-1);
  for (const auto candidate : candidates) {
    const auto distance = edit_distance(wrong, candidate);
    if (distance < smallest) {
      smallest = distance;
      nearest = candidate;
    }
  }
  if (nearest.empty() || smallest > std::max<std::size_t>(1, (nearest.size() + 2) / 3)) return "";
  return "did you mean " + quoted(nearest) + "?";
}

}  // namespace bench::metrics
