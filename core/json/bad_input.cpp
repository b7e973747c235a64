#include "core/json/bad_input.h"

#include "core/text/nearest.h"

namespace bench::core {

std::string did_you_mean(std::string_view word, std::span<const std::string> candidates) {
  const std::vector<std::string_view> known(candidates.begin(), candidates.end());
  const auto meant = text::meant(word, known);
  return meant.empty() ? "" : "; did you mean \"" + std::string(meant) + "\"?";
}

std::string listed(std::span<const std::string> names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " or " : ", ";
    text += "\"" + names[i] + "\"";
  }
  return text;
}

}  // namespace bench::core
