#include "runner/experiment/architecture_text.h"

#include <algorithm>

#include "core/randomness/stream.h"

namespace bench::runner {
namespace {

const std::vector<std::string>& patterns() {
  static const std::vector<std::string> names = {"all-parallel", "all-fusion", "alternating",
                                                 "random"};
  return names;
}

bool is_pattern(const std::string& text) {
  return std::find(patterns().begin(), patterns().end(), text) != patterns().end();
}

// "PF|FF|FP" from a function of the position, counted over all cells.
template <typename LetterAt>
std::string letters_of(const exchange::SpaceSettings& space, LetterAt letter_at) {
  std::string text;
  std::int64_t position = 0;
  for (std::size_t cell = 1; cell < space.modules.size(); ++cell) {
    if (cell > 1) text.push_back('|');
    for (std::int64_t i = 0; i < space.modules[cell]; ++i) text.push_back(letter_at(position++));
  }
  return text;
}

}  // namespace

void check_architecture(const core::JsonReader& value, const exchange::SpaceSettings& space) {
  const std::string text = value.text();
  if (is_pattern(text)) return;
  const std::string shape = letters_of(space, [](std::int64_t) { return 'P'; });
  std::string as_parallel = text;
  std::replace(as_parallel.begin(), as_parallel.end(), 'F', 'P');
  if (as_parallel == shape) return;
  const bool letters = text.find_first_not_of("PF|") == std::string::npos;
  const std::string expected = "a pattern (" +
                               std::string("all-parallel, all-fusion, alternating, random") +
                               ") or letters P and F shaped like \"" + shape + "\"";
  if (letters) value.fail(expected);
  value.fail_unknown(expected, patterns());
}

std::string architecture_of(const std::string& pattern_or_letters,
                            const exchange::SpaceSettings& space, std::uint64_t seed) {
  if (pattern_or_letters == "all-parallel") return letters_of(space, [](auto) { return 'P'; });
  if (pattern_or_letters == "all-fusion") return letters_of(space, [](auto) { return 'F'; });
  if (pattern_or_letters == "alternating") {
    return letters_of(space, [](auto position) { return position % 2 == 0 ? 'P' : 'F'; });
  }
  if (pattern_or_letters == "random") {
    randomness::Stream stream(seed, "random architecture");
    return letters_of(space, [&](auto) { return stream.below(2) == 0 ? 'P' : 'F'; });
  }
  return pattern_or_letters;
}

}  // namespace bench::runner
