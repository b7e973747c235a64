#include "runner/experiment/architecture_text.h"

#include <algorithm>

namespace bench::runner {

using clearer::ArchitecturePattern;

void check_architecture(const core::JsonReader& value, const clearer::SearchSpace& space) {
  const std::string text = value.text();
  if (text::value_of<ArchitecturePattern>(text)) return;
  const std::string shape =
      architecture_of(text::name_of(ArchitecturePattern::kAllParallel), space, 0);
  std::string as_parallel = text;
  std::replace(as_parallel.begin(), as_parallel.end(), 'F', 'P');
  if (as_parallel == shape) return;
  const bool letters = text.find_first_not_of("PF|") == std::string::npos;
  const std::string expected =
      "a pattern (all-parallel, all-fusion, alternating, random) or letters P and F shaped like "
      "\"" +
      shape + "\"";
  if (letters) value.fail(expected);
  value.fail_unknown(expected, text::names_of<ArchitecturePattern>());
}

std::string architecture_of(const std::string& pattern_or_letters,
                            const clearer::SearchSpace& space, std::uint64_t seed) {
  const auto pattern = text::value_of<ArchitecturePattern>(pattern_or_letters);
  if (!pattern) return pattern_or_letters;
  return to_string(clearer::pattern_architecture(cell_sizes(space), *pattern, seed));
}

}  // namespace bench::runner
