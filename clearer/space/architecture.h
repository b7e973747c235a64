#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/text/choices.h"

namespace bench::clearer {

/// What may stand at one searched position. The order is that of the architecture numbers:
/// column 0 is parallel, column 1 fusion (as in the released code).
enum class ModuleKind : std::uint8_t { kParallel, kFusion };

/// The result of a search: the modules of each cell, in network order.
struct Architecture {
  std::vector<std::vector<ModuleKind>> cells;

  friend bool operator==(const Architecture&, const Architecture&) = default;
};

/// `P` or `F` per module, cells separated by `|`: "PPFF|PFPF|FFFP".
std::string to_string(const Architecture& architecture);

/// Inverse of `to_string`.
/// \throws std::invalid_argument naming the first other letter and its position, or an empty cell
Architecture parse_architecture(std::string_view text);

/// All modules in network order, without the borders of the cells.
std::vector<ModuleKind> flattened(const Architecture& architecture);

/// Inverse of `flattened` for cells of these sizes.
/// \throws std::invalid_argument if the counts differ
Architecture architecture_of(const std::vector<ModuleKind>& modules,
                             const std::vector<std::int64_t>& cell_sizes);

/// Number of modules per cell.
std::vector<std::int64_t> cell_sizes(const Architecture& architecture);

/// In how many positions two architectures of one space differ ("4 of 12 modules").
/// \throws std::invalid_argument if their cells differ in size
std::int64_t hamming_distance(const Architecture& a, const Architecture& b);

/// All architectures, in the order of binary numbers with the first module as the highest digit
/// and parallel = 0: all-parallel first, all-fusion last.
/// \throws std::invalid_argument for more than 20 modules (a million architectures)
std::vector<Architecture> every_architecture(const std::vector<std::int64_t>& cell_sizes);

/// The same module everywhere.
Architecture uniform_architecture(const std::vector<std::int64_t>& cell_sizes, ModuleKind kind);

/// Parallel, fusion, parallel, ... over all cells: the pattern of HRNet.
Architecture alternating_architecture(const std::vector<std::int64_t>& cell_sizes);

/// Each module by a fair coin, drawn from the stream (seed, "random architecture"): the same on
/// every machine.
Architecture random_architecture(const std::vector<std::int64_t>& cell_sizes, std::uint64_t seed);

/// Fixed architectures that an experiment names by a word.
enum class ArchitecturePattern : std::uint8_t { kAllParallel, kAllFusion, kAlternating, kRandom };
constexpr auto choices_of(ArchitecturePattern) {
  return std::to_array<text::Choice<ArchitecturePattern>>(
      {{ArchitecturePattern::kAllParallel, "all-parallel"},
       {ArchitecturePattern::kAllFusion, "all-fusion"},
       {ArchitecturePattern::kAlternating, "alternating"},
       {ArchitecturePattern::kRandom, "random"}});
}

/// \param seed  of kRandom, else not read
Architecture pattern_architecture(const std::vector<std::int64_t>& cell_sizes,
                                  ArchitecturePattern pattern, std::uint64_t seed);

}  // namespace bench::clearer
