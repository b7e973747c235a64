#include "metrics/suggestion.h"

#include "metrics/quoted.h"
#include "names/nearest.h"

namespace bench::metrics {

std::string suggestion(std::string_view wrong, std::span<const std::string_view> candidates) {
  const auto meant = names::meant(wrong, candidates);
  return meant.empty() ? "" : "did you mean " + quoted(meant) + "?";
}

}  // namespace bench::metrics
