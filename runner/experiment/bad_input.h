#pragma once

#include <initializer_list>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace bench::runner {

/// The user's input is wrong: exit code 2, one message, nothing created.
class BadInput : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The candidate nearest to `word` by edit distance (insert, delete, replace, swap neighbours), or
/// "" if none is near enough to be meant.
std::string nearest_name(std::string_view word, std::span<const std::string> candidates);

/// `; did you mean "X"?` or "".
std::string did_you_mean(std::string_view word, std::span<const std::string> candidates);

/// `"a", "b" or "c"`.
std::string listed(std::span<const std::string> names);

}  // namespace bench::runner
