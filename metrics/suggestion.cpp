#include "metrics/suggestion.h"

#include "core/text/nearest.h"
#include "metrics/quoted.h"

namespace bench::metrics {

std::string suggestion(std::string_view wrong, std::span<const std::string_view> candidates) {
  const auto meant = text::meant(wrong, candidates);
  return meant.empty() ? "" : "did you mean " + quoted(meant) + "?";
}

}  // namespace bench::metrics
