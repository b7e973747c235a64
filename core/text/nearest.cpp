#include "core/text/nearest.h"

#include <algorithm>
#include <vector>

namespace bench::text {

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

std::string_view nearest(std::string_view word, std::span<const std::string_view> names) {
  // Nobody mistypes so much; a file given in place of a name would cost its square.
  constexpr std::size_t kLongestCompared = 128;
  word = word.substr(0, kLongestCompared);
  std::string_view best;
  std::size_t smallest = 0;
  for (const auto name : names) {
    const auto distance = edit_distance(word, name);
    if (!best.empty() && distance >= smallest) continue;
    smallest = distance;
    best = name;
  }
  return best;
}

std::string_view meant(std::string_view word, std::span<const std::string_view> names) {
  const auto name = nearest(word, names);
  const auto wrong = edit_distance(word.substr(0, 2 * name.size() + 1), name);
  return wrong <= std::max<std::size_t>(1, name.size() / 3) ? name : std::string_view();
}

}  // namespace bench::text
