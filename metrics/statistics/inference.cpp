#include "metrics/statistics/inference.h"

#include <array>
#include <utility>

namespace bench::statistics {
namespace {

constexpr std::array<std::pair<Inference, std::string_view>, 3> kNames = {
    {{Inference::kMethods, "methods, on images like these"},
     {Inference::kMethodsOnThisTestSet, "methods, on this test set"},
     {Inference::kTheseNetworks, "these trained networks"}}};

}  // namespace

std::string_view to_string(Inference inference) {
  for (const auto& [known, name] : kNames) {
    if (known == inference) return name;
  }
  return kNames[0].second;
}

std::optional<Inference> inference_named(std::string_view text) {
  for (const auto& [known, name] : kNames) {
    if (name == text) return known;
  }
  return std::nullopt;
}

std::vector<std::string_view> inference_names() {
  std::vector<std::string_view> names;
  for (const auto& [known, name] : kNames) names.push_back(name);
  return names;
}

}  // namespace bench::statistics
