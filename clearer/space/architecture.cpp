#include "clearer/space/architecture.h"

#include <numeric>
#include <stdexcept>

#include "core/randomness/stream.h"

namespace bench::clearer {
namespace {

constexpr std::int64_t kMostEnumeratedModules = 20;

std::int64_t sum(const std::vector<std::int64_t>& sizes) {
  return std::accumulate(sizes.begin(), sizes.end(), std::int64_t{0});
}

[[noreturn]] void refuse(std::string_view text, const std::string& why) {
  throw std::invalid_argument("architecture \"" + std::string(text) + "\": " + why);
}

}  // namespace

std::string to_string(const Architecture& architecture) {
  std::string text;
  for (const auto& cell : architecture.cells) {
    if (!text.empty()) text += '|';
    for (const auto kind : cell) text += kind == ModuleKind::kParallel ? 'P' : 'F';
  }
  return text;
}

Architecture parse_architecture(std::string_view text) {
  Architecture architecture{{{}}};
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto& cell = architecture.cells.back();
    switch (text[i]) {
      case 'P':
        cell.push_back(ModuleKind::kParallel);
        break;
      case 'F':
        cell.push_back(ModuleKind::kFusion);
        break;
      case '|':
        if (cell.empty())
          refuse(text, "the cell before position " + std::to_string(i) + " is empty");
        architecture.cells.emplace_back();
        break;
      default:
        refuse(text, "position " + std::to_string(i) + " is '" + text[i] +
                         "', expected P (parallel), F (fusion) or | (next cell)");
    }
  }
  if (architecture.cells.back().empty()) refuse(text, "the last cell is empty");
  return architecture;
}

std::vector<ModuleKind> flattened(const Architecture& architecture) {
  std::vector<ModuleKind> modules;
  for (const auto& cell : architecture.cells) {
    modules.insert(modules.end(), cell.begin(), cell.end());
  }
  return modules;
}

Architecture architecture_of(const std::vector<ModuleKind>& modules,
                             const std::vector<std::int64_t>& cell_sizes) {
  if (static_cast<std::int64_t>(modules.size()) != sum(cell_sizes)) {
    throw std::invalid_argument("architecture: expected " + std::to_string(sum(cell_sizes)) +
                                " modules, got " + std::to_string(modules.size()));
  }
  Architecture architecture;
  auto next = modules.begin();
  for (const auto size : cell_sizes) {
    architecture.cells.emplace_back(next, next + size);
    next += size;
  }
  return architecture;
}

std::vector<std::int64_t> cell_sizes(const Architecture& architecture) {
  std::vector<std::int64_t> sizes;
  for (const auto& cell : architecture.cells) {
    sizes.push_back(static_cast<std::int64_t>(cell.size()));
  }
  return sizes;
}

std::int64_t hamming_distance(const Architecture& a, const Architecture& b) {
  if (cell_sizes(a) != cell_sizes(b)) {
    throw std::invalid_argument("hamming_distance: \"" + to_string(a) + "\" and \"" + to_string(b) +
                                "\" are of different search spaces");
  }
  const auto first = flattened(a), second = flattened(b);
  std::int64_t distance = 0;
  for (std::size_t i = 0; i < first.size(); ++i) distance += first[i] != second[i];
  return distance;
}

std::vector<Architecture> every_architecture(const std::vector<std::int64_t>& cell_sizes) {
  const auto positions = sum(cell_sizes);
  if (positions > kMostEnumeratedModules) {
    throw std::invalid_argument(
        "every_architecture: " + std::to_string(positions) + " modules, expected at most " +
        std::to_string(kMostEnumeratedModules) + "; sample instead of enumerating");
  }
  std::vector<Architecture> all;
  for (std::int64_t code = 0; code < (std::int64_t{1} << positions); ++code) {
    std::vector<ModuleKind> modules;
    for (std::int64_t digit = positions - 1; digit >= 0; --digit) {
      modules.push_back((code >> digit) & 1 ? ModuleKind::kFusion : ModuleKind::kParallel);
    }
    all.push_back(architecture_of(modules, cell_sizes));
  }
  return all;
}

Architecture uniform_architecture(const std::vector<std::int64_t>& cell_sizes, ModuleKind kind) {
  Architecture architecture;
  for (const auto size : cell_sizes) {
    architecture.cells.emplace_back(static_cast<std::size_t>(size), kind);
  }
  return architecture;
}

Architecture alternating_architecture(const std::vector<std::int64_t>& cell_sizes) {
  std::vector<ModuleKind> modules;
  for (std::int64_t i = 0; i < sum(cell_sizes); ++i) {
    modules.push_back(i % 2 == 0 ? ModuleKind::kParallel : ModuleKind::kFusion);
  }
  return architecture_of(modules, cell_sizes);
}

Architecture random_architecture(const std::vector<std::int64_t>& cell_sizes, std::uint64_t seed) {
  randomness::Stream random(seed, "random architecture");
  std::vector<ModuleKind> modules;
  for (std::int64_t i = 0; i < sum(cell_sizes); ++i) {
    modules.push_back(random.below(2) == 0 ? ModuleKind::kParallel : ModuleKind::kFusion);
  }
  return architecture_of(modules, cell_sizes);
}

Architecture pattern_architecture(const std::vector<std::int64_t>& cell_sizes,
                                  ArchitecturePattern pattern, std::uint64_t seed) {
  switch (pattern) {
    case ArchitecturePattern::kAllParallel:
      return uniform_architecture(cell_sizes, ModuleKind::kParallel);
    case ArchitecturePattern::kAllFusion:
      return uniform_architecture(cell_sizes, ModuleKind::kFusion);
    case ArchitecturePattern::kAlternating:
      return alternating_architecture(cell_sizes);
    case ArchitecturePattern::kRandom:
      return random_architecture(cell_sizes, seed);
  }
  throw std::invalid_argument("pattern_architecture: unknown pattern");
}

}  // namespace bench::clearer
