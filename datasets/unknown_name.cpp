#include "datasets/unknown_name.h"

#include "core/text/nearest.h"

namespace bench::datasets {

std::string unknown_name_text(std::string_view name, std::span<const std::string_view> known) {
  std::string text = "expected one of ";
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (i > 0) text += ", ";
    text += known[i];
  }
  text += "; found \"" + std::string(name) + "\".";
  if (!known.empty()) text += " Did you mean \"" + std::string(text::nearest(name, known)) + "\"?";
  return text;
}

}  // namespace bench::datasets
