#include "reports/content/figure.h"

namespace bench::reports {

std::vector<std::string> architecture_cells(const std::string& architecture) {
  std::vector<std::string> cells(1);
  for (const char letter : architecture) {
    if (letter == '|') {
      cells.emplace_back();
    } else {
      cells.back().push_back(letter);
    }
  }
  return cells;
}

std::vector<std::size_t> thinned_indices(std::size_t count, std::size_t limit) {
  std::vector<std::size_t> indices;
  if (count <= limit || limit < 2) {
    for (std::size_t i = 0; i < count; ++i) indices.push_back(i);
    return indices;
  }
  for (std::size_t i = 0; i < limit; ++i) indices.push_back(i * (count - 1) / (limit - 1));
  return indices;
}

}  // namespace bench::reports
