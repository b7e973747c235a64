#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bench::text {

/// An enumerator and its name in files, options and reports. Each enum of a setting has, in its own
/// namespace, `constexpr auto choices_of(TheEnum)` that returns an array of these, one for each
/// enumerator: the one place where the two stand side by side.
template <typename Enum>
struct Choice {
  Enum value;
  std::string_view name;
};

/// The name of an enumerator; "" for a value that is none.
template <typename Enum>
std::string name_of(Enum value) {
  for (const auto& choice : choices_of(value)) {
    if (choice.value == value) return std::string(choice.name);
  }
  return "";
}

/// The enumerator of that name, if there is one.
template <typename Enum>
std::optional<Enum> value_of(std::string_view name) {
  for (const auto& choice : choices_of(Enum{})) {
    if (choice.name == name) return choice.value;
  }
  return std::nullopt;
}

/// All names, in the order of the table.
template <typename Enum>
std::vector<std::string> names_of() {
  std::vector<std::string> names;
  for (const auto& choice : choices_of(Enum{})) names.emplace_back(choice.name);
  return names;
}

}  // namespace bench::text
