#include "metrics/scoring/number_text.h"

#include <array>
#include <charconv>

namespace bench::scoring {

std::string exact_text(double value) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  return {digits.data(), end.ptr};
}

std::string rounded_text(double value, int decimals) {
  // The largest double has 309 digits before the point.
  std::array<char, 400> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value,
                                 std::chars_format::fixed, decimals);
  return {digits.data(), end.ptr};
}

}  // namespace bench::scoring
