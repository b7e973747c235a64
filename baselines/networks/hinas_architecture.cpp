#include "baselines/networks/hinas_architecture.h"

#include <algorithm>
#include <stdexcept>

namespace bench::baselines {
namespace {

constexpr std::array<std::string_view, 3> kWidthNames{"1", "1.5", "2"};

std::string trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return "";
  return std::string(text.substr(begin, text.find_last_not_of(' ') - begin + 1));
}

HiNasLayer parse_layer(std::string_view text) {
  const auto colon = text.find(':');
  const auto width = trimmed(text.substr(0, colon));
  const auto name = std::find(kWidthNames.begin(), kWidthNames.end(), width);
  if (colon == std::string_view::npos || name == kWidthNames.end()) {
    throw std::invalid_argument("HiNAS layer \"" + std::string(text) +
                                "\": expected WIDTH: GENOTYPE with a width of 1, 1.5 or 2");
  }
  return {static_cast<std::size_t>(name - kWidthNames.begin()),
          parse_genotype(CellSpace::kHiNas, trimmed(text.substr(colon + 1)))};
}

}  // namespace

std::string to_string(const HiNasArchitecture& architecture) {
  std::string text;
  for (const auto& layer : architecture) {
    if (!text.empty()) text += " ; ";
    text += std::string(kWidthNames.at(layer.width)) + ": " + to_string(layer.cell);
  }
  return text;
}

HiNasArchitecture parse_hinas_architecture(std::string_view text) {
  HiNasArchitecture architecture;
  for (std::size_t begin = 0; begin <= text.size();) {
    const auto end = std::min(text.find(';', begin), text.size());
    architecture.push_back(parse_layer(text.substr(begin, end - begin)));
    begin = end + 1;
  }
  if (architecture.size() != kHiNasLayers) {
    throw std::invalid_argument("HiNAS architecture: expected " + std::to_string(kHiNasLayers) +
                                " layers parted by ';', found " +
                                std::to_string(architecture.size()));
  }
  if (to_string(architecture) != text) {
    throw std::invalid_argument("HiNAS architecture \"" + std::string(text) +
                                "\": expected it as \"" + to_string(architecture) + "\"");
  }
  return architecture;
}

std::vector<std::size_t> most_probable_widths(const WidthTransitions& transitions) {
  std::vector<double> best{1.0};
  std::vector<std::vector<std::size_t>> came_from;
  for (const auto& layer : transitions) {
    std::vector<double> reached(layer.front().size(), -1.0);
    auto& from_of = came_from.emplace_back(reached.size());
    for (std::size_t from = 0; from < layer.size(); ++from) {
      for (std::size_t to = 0; to < reached.size(); ++to) {
        const double probability = best.at(from) * layer[from][to];
        if (probability <= reached[to]) continue;
        reached[to] = probability;
        from_of[to] = from;
      }
    }
    best = reached;
  }
  std::vector<std::size_t> path(transitions.size());
  auto width = static_cast<std::size_t>(std::max_element(best.begin(), best.end()) - best.begin());
  for (std::size_t layer = transitions.size(); layer-- > 0;) {
    path[layer] = width;
    width = came_from[layer][width];
  }
  return path;
}

}  // namespace bench::baselines
