#pragma once

#include <exception>
#include <string>

namespace bench::tests {

/// What `action` throws, as text; "" if it throws nothing. Errors of other types pass through.
template <typename Error = std::exception, typename Action>
std::string message_of(Action&& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

}  // namespace bench::tests
