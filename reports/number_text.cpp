#include "reports/number_text.h"

#include <array>
#include <charconv>
#include <cmath>

namespace bench::reports {

std::string rounded(double value, int decimals) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "∞" : "−∞";
  std::array<char, 400> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), std::fabs(value),
                                 std::chars_format::fixed, decimals);
  const std::string text(digits.data(), end.ptr);
  const bool is_zero = text.find_first_of("123456789") == std::string::npos;
  if (value < 0 && !is_zero) return std::string("−").append(text);
  return text;
}

std::string exact(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  std::array<char, 64> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  return {digits.data(), end.ptr};
}

NumberText number_text(const Number& number, const Column& column) {
  const int decimals = number.decimals.value_or(column.decimals);
  const auto people = [&](double value) { return rounded(value / column.scale, decimals); };
  NumberText text{people(number.value), "", ""};
  if (number.spread) text.spread = std::string("± ").append(people(*number.spread));
  if (number.interval) {
    text.interval.append("[").append(people(number.interval->low)).append(", ");
    text.interval.append(people(number.interval->high)).append("]");
  }
  return text;
}

std::string people_text(const Cell& cell, const Column& column) {
  if (const auto* text = std::get_if<std::string>(&cell.content)) return *text;
  if (const auto* missing = std::get_if<Missing>(&cell.content)) return missing->state;
  const auto parts = number_text(std::get<Number>(cell.content), column);
  std::string joined = parts.value;
  if (!parts.spread.empty()) joined += " " + parts.spread;
  if (!parts.interval.empty()) joined += " " + parts.interval;
  return joined;
}

}  // namespace bench::reports
