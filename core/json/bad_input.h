#pragma once

#include <initializer_list>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace bench::core {

/// The user's input is wrong: exit code 2, one message, nothing created.
class BadInput : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// `; did you mean "X"?` with the candidate that was meant, or "".
std::string did_you_mean(std::string_view word, std::span<const std::string> candidates);

/// `"a", "b" or "c"`.
std::string listed(std::span<const std::string> names);

}  // namespace bench::core
