#include "clearer/space/search_space.h"

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <string>

namespace bench::clearer {
namespace {

void require(bool holds, const std::string& name, std::int64_t found, const std::string& expected) {
  if (holds) return;
  throw std::invalid_argument("search space: " + name + " is " + std::to_string(found) +
                              ", expected " + expected);
}

std::int64_t cells(const SearchSpace& space) {
  return static_cast<std::int64_t>(space.modules.size()) - 1;
}

}  // namespace

SearchSpace with_image_channels(SearchSpace space, std::int64_t image_channels) {
  space.image_channels = image_channels;
  return space;
}

std::int64_t most_branches(const SearchSpace& space) {
  return space.branches > 0 ? space.branches : static_cast<std::int64_t>(space.channels.size());
}

void validate(const SearchSpace& space) {
  require(space.image_channels >= 1, "image_channels", space.image_channels, "1 or more");
  require(space.modules.size() >= 2, "number of entries in modules",
          static_cast<std::int64_t>(space.modules.size()),
          "2 or more (the stem and at least one cell)");
  for (std::size_t i = 0; i < space.modules.size(); ++i) {
    require(space.modules[i] >= 1 && space.modules[i] <= 1000, "modules[" + std::to_string(i) + "]",
            space.modules[i], "1 to 1000");
  }
  require(space.branches >= 0 && most_branches(space) <= 4, "branches", space.branches,
          "1 to 4, or 0 for one a channel count (at most 4)");
  const auto needed = std::min(most_branches(space), cells(space) + 1);
  const auto widths = static_cast<std::int64_t>(space.channels.size());
  require(needed >= 1, "number of entries in channels", widths, "1 or more");
  require(widths >= needed, "number of entries in channels", widths,
          std::to_string(needed) + " or more, one per resolution");
  for (std::size_t i = 0; i < space.channels.size(); ++i) {
    require(space.channels[i] >= 1, "channels[" + std::to_string(i) + "]", space.channels[i],
            "1 or more");
  }
}

void validate(const SearchSpace& space, const Architecture& architecture) {
  if (cell_sizes(architecture) == cell_sizes(space)) return;
  const auto example = uniform_architecture(cell_sizes(space), ModuleKind::kParallel);
  throw std::invalid_argument("architecture \"" + to_string(architecture) +
                              "\" is not of this search space, expected the form \"" +
                              to_string(example) + "\"");
}

std::vector<std::int64_t> cell_sizes(const SearchSpace& space) {
  return {space.modules.begin() + 1, space.modules.end()};
}

std::int64_t searched_positions(const SearchSpace& space) {
  return std::accumulate(space.modules.begin() + 1, space.modules.end(), std::int64_t{0});
}

std::int64_t branches_of_cell(const SearchSpace& space, std::int64_t cell) {
  const auto grown = space.order == ModuleOrder::kTransitionFirst ? cell + 2 : cell + 1;
  return std::min(most_branches(space), grown);
}

std::vector<std::int64_t> branches_of_positions(const SearchSpace& space) {
  std::vector<std::int64_t> branches;
  for (std::int64_t cell = 0; cell < cells(space); ++cell) {
    branches.insert(branches.end(),
                    static_cast<std::size_t>(space.modules[static_cast<std::size_t>(cell) + 1]),
                    branches_of_cell(space, cell));
  }
  return branches;
}

std::int64_t side_multiple(const SearchSpace& space) {
  return std::int64_t{1} << (std::min(most_branches(space), cells(space) + 1) - 1);
}

}  // namespace bench::clearer
