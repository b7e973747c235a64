#include "core/text/number.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>

namespace bench::text {
namespace {

// The largest double has 309 digits before its point.
constexpr std::size_t kRoom = 400;

std::string magnitude(double value, int digits) {
  std::array<char, kRoom> room{};
  const auto end = std::to_chars(room.data(), room.data() + room.size(), std::fabs(value),
                                 std::chars_format::fixed, digits);
  return {room.data(), end.ptr};
}

std::string one_decimal_at_most(double value) {
  const std::string text = magnitude(value, value < 99.95 ? 1 : 0);
  return text.ends_with(".0") ? text.substr(0, text.size() - 2) : text;
}

std::string two_units(std::int64_t count, std::int64_t per_unit, const char* unit,
                      const char* smaller_unit) {
  const auto rest = count % per_unit;
  const std::string text = std::to_string(count / per_unit) + unit;
  return rest == 0 ? text : text + " " + std::to_string(rest) + smaller_unit;
}

}  // namespace

std::string fixed(double value, int digits) {
  if (std::isnan(value)) return "nan";
  return (std::signbit(value) ? "-" : "") + magnitude(value, digits);
}

std::string with_sign(double value, int digits) {
  if (std::isnan(value)) return "nan";
  return (std::signbit(value) ? "-" : "+") + magnitude(value, digits);
}

std::string rounded(double value, int digits) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "∞" : "−∞";
  const std::string text = magnitude(value, digits);
  const bool is_zero = text.find_first_of("123456789") == std::string::npos;
  return value < 0 && !is_zero ? "−" + text : text;
}

std::string exact(double value) {
  if (std::isnan(value)) return "nan";
  std::array<char, 64> room{};
  const auto end = std::to_chars(room.data(), room.data() + room.size(), value);
  return {room.data(), end.ptr};
}

std::string thousands(std::int64_t value) {
  std::string text = std::to_string(value);
  const auto first = static_cast<std::size_t>(value < 0);
  for (auto place = text.size(); place > first + 3;) {
    place -= 3;
    text.insert(place, ",");
  }
  return text;
}

std::string bytes(std::int64_t count) {
  constexpr std::array kUnits = {" KiB", " MiB", " GiB", " TiB"};
  constexpr double kStep = 1024;
  if (count < 1024) return std::to_string(count) + (count == 1 ? " byte" : " bytes");
  double value = static_cast<double>(count) / kStep;
  std::size_t unit = 0;
  // 1023.6 of a unit would round to 1024: the next unit says it better.
  while (value >= kStep - 0.5 && unit + 1 < kUnits.size()) {
    value /= kStep;
    ++unit;
  }
  return one_decimal_at_most(value) + kUnits[unit];
}

std::string duration(double seconds) {
  constexpr std::int64_t kMinute = 60, kHour = 3600;
  if (!(seconds > 0)) return "0 s";
  if (seconds < 9.95) return one_decimal_at_most(seconds) + " s";
  const std::int64_t whole = std::llround(seconds);
  if (whole < kHour) {
    return whole < kMinute ? std::to_string(whole) + " s" : two_units(whole, kMinute, " min", " s");
  }
  return two_units(std::llround(seconds / kMinute), kHour / kMinute, " h", " min");
}

}  // namespace bench::text
