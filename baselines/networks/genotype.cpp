#include "baselines/networks/genotype.h"

#include <algorithm>
#include <charconv>
#include <sstream>
#include <stdexcept>

namespace bench::baselines {
namespace {

[[noreturn]] void fail(std::string_view text, const std::string& found) {
  throw std::invalid_argument("genotype \"" + std::string(text) + "\": " + found);
}

CellEdge parse_edge(CellSpace space, std::string_view text, const std::string& part,
                    std::size_t states) {
  const auto at = part.find('@');
  if (at == std::string::npos) fail(text, "\"" + part + "\" is not OPERATION@STATE");
  CellEdge edge{part.substr(0, at), 0};
  if (edge.operation == "none") fail(text, "\"none\" is never kept in a derived cell");
  operation_index(space, edge.operation);
  const auto* end = part.data() + part.size();
  const auto read = std::from_chars(part.data() + at + 1, end, edge.state);
  if (read.ec != std::errc() || read.ptr != end || edge.state >= states) {
    fail(text, "\"" + part + "\": expected a state from 0 to " + std::to_string(states - 1));
  }
  return edge;
}

/// The strongest operation of an edge other than "none".
struct Strongest {
  double weight;
  CellEdge edge;
};

Strongest strongest_on(CellSpace space, const std::vector<double>& weights, std::size_t state) {
  const auto& names = operation_names(space);
  Strongest best{-1.0, {}};
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] != "none" && weights[i] > best.weight) best = {weights[i], {names[i], state}};
  }
  return best;
}

}  // namespace

std::string to_string(const Genotype& genotype) {
  std::string text;
  for (std::size_t i = 0; i < genotype.edges.size(); ++i) {
    if (i > 0) text += i % kEdgesPerNode == 0 ? " | " : " ";
    text += genotype.edges[i].operation + "@" + std::to_string(genotype.edges[i].state);
  }
  return text;
}

Genotype parse_genotype(CellSpace space, std::string_view text) {
  Genotype genotype;
  std::istringstream parts{std::string(text)};
  for (std::string part; parts >> part;) {
    const auto count = genotype.edges.size();
    if (part == "|") {
      if (count == 0 || count % kEdgesPerNode != 0) {
        fail(text, "a bar must stand after each " + std::to_string(kEdgesPerNode) + " edges");
      }
      continue;
    }
    genotype.edges.push_back(parse_edge(space, text, part, 2 + count / kEdgesPerNode));
  }
  if (genotype.edges.size() != kCellNodes * kEdgesPerNode) {
    fail(text, "expected " + std::to_string(kCellNodes * kEdgesPerNode) + " edges, found " +
                   std::to_string(genotype.edges.size()));
  }
  // One text for one cell: it decides the key of a training.
  if (to_string(genotype) != text) fail(text, "expected it as \"" + to_string(genotype) + "\"");
  return genotype;
}

Genotype derive_genotype(CellSpace space, const std::vector<std::vector<double>>& weights) {
  const auto operations = operation_names(space).size();
  const bool right_shape = weights.size() == kCellEdges &&
                           std::all_of(weights.begin(), weights.end(),
                                       [&](const auto& row) { return row.size() == operations; });
  if (!right_shape) {
    throw std::invalid_argument("derive_genotype: expected weights of shape [" +
                                std::to_string(kCellEdges) + ", " + std::to_string(operations) +
                                "], got " + std::to_string(weights.size()) + " rows");
  }
  Genotype genotype;
  std::size_t row = 0;
  for (std::size_t node = 0; node < kCellNodes; ++node) {
    std::vector<Strongest> candidates;
    for (std::size_t state = 0; state < 2 + node; ++state) {
      candidates.push_back(strongest_on(space, weights[row++], state));
    }
    std::stable_sort(
        candidates.begin(), candidates.end(),
        [](const Strongest& left, const Strongest& right) { return left.weight > right.weight; });
    for (std::size_t i = 0; i < kEdgesPerNode; ++i) genotype.edges.push_back(candidates[i].edge);
  }
  return genotype;
}

}  // namespace bench::baselines
