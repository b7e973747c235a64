#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "baselines/networks/genotype.h"

namespace bench::baselines {

constexpr std::size_t kHiNasLayers = 3;
/// Width factors that a layer may have, times the features F.
constexpr std::array<double, 3> kHiNasWidths{1.0, 1.5, 2.0};

/// A layer of HiNAS: which width, and its own cell.
struct HiNasLayer {
  std::size_t width;  ///< index into `kHiNasWidths`
  Genotype cell;

  friend bool operator==(const HiNasLayer&, const HiNasLayer&) = default;
};

using HiNasArchitecture = std::vector<HiNasLayer>;

/// "1.5: con_3x3@0 ... ; 2: ... ; 1: ...", one layer after another.
std::string to_string(const HiNasArchitecture& architecture);

/// Inverse of `to_string`.
/// \throws std::invalid_argument naming the layer and what is wrong in it, also for other blanks
///         than `to_string` writes.
HiNasArchitecture parse_hinas_architecture(std::string_view text);

/// transitions[layer][from][to]: probability of going on to width `to`; each row sums to 1. The
/// first layer has one row, from the stem.
using WidthTransitions = std::vector<std::vector<std::vector<double>>>;

/// The path of the largest product of probabilities (Viterbi 1967), one width per layer; of equal
/// ones that of the smaller widths.
std::vector<std::size_t> most_probable_widths(const WidthTransitions& transitions);

}  // namespace bench::baselines
