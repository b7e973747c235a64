#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "baselines/networks/cell_operations.h"

namespace bench::baselines {

/// One kept edge of a cell: an operation on an earlier state. States 0 and 1 are the cell's two
/// inputs, state 2 + j is node j.
struct CellEdge {
  std::string operation;
  std::size_t state;

  friend bool operator==(const CellEdge&, const CellEdge&) = default;
};

/// A derived cell: `kEdgesPerNode` edges for each node, node after node.
struct Genotype {
  std::vector<CellEdge> edges;

  friend bool operator==(const Genotype&, const Genotype&) = default;
};

constexpr std::size_t kCellNodes = 4;
constexpr std::size_t kEdgesPerNode = 2;
/// Node j may take the 2 + j states before it.
constexpr std::size_t kCellEdges = 2 + 3 + 4 + 5;

/// "con_3x3@0 sep_3x3@1 | sep_5x5@0 ...": edges by blanks, nodes by bars.
std::string to_string(const Genotype& genotype);

/// Inverse of `to_string`.
/// \throws std::invalid_argument naming the part that is wrong: an operation that the space does
///         not have (or "none"), a state that is not before its node, a wrong number of edges, or
///         other blanks and bars than `to_string` writes.
Genotype parse_genotype(CellSpace space, std::string_view text);

/// DARTS's rule (ICLR 2019, section 2.4), which HiNAS shares: of each node the two edges with the
/// strongest operation other than "none", each with that operation. Equal strengths: the earlier.
/// \param weights  [kCellEdges][operations], softmax over the operations of an edge
/// \throws std::invalid_argument for another shape.
Genotype derive_genotype(CellSpace space, const std::vector<std::vector<double>>& weights);

}  // namespace bench::baselines
